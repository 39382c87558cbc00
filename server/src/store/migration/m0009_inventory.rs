//! The element catalogue and the inventory of forms, each change a new row.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("inventory_version")
            .col(text("kind"))
            .col(text("key"))
            .col(integer("version"))
            .col(text("definition"))
            .col(big_integer("changed_at"))
            .col(uuid_null("changed_by"))
            .primary_key(Index::create().col("kind").col("key").col("version"))
            .take();
        manager.create_table(table).await
    }
}
