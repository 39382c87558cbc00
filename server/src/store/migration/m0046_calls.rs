//! Which other forms an answer calls for, beside the latest answer of each signer. What was answered before calls for nothing until it is
//! answered anew.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let column = Table::alter().table("act_answer").add_column(text_null("calls")).take();
        manager.alter_table(column).await
    }
}
