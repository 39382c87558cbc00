//! On whose behalf something was done, in the audit trail. Rows from before stay as they are, and so do their hashes.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let column = Table::alter().table("audit").add_column(uuid_null("acting_for")).take();
        manager.alter_table(column).await
    }
}
