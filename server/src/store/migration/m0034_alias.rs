//! What a school calls a child whose identity is protected: at most one sealed name per child. Nobody has one from the start.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("child_alias")
            .col(uuid("child_id"))
            .col(uuid("change_id"))
            .col(blob("sealed"))
            .primary_key(Index::create().col("child_id"))
            .take();
        manager.create_table(table).await
    }
}
