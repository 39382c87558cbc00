//! A round as it stands after it was moved to other versions of its forms. Append-only: the newest stands, and the row of the
//! round keeps how it began.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("round_version")
            .col(uuid("round_id"))
            .col(integer("version"))
            .col(text("definition"))
            .col(big_integer("changed_at"))
            .col(uuid("changed_by"))
            .primary_key(Index::create().col("round_id").col("version"))
            .take();
        manager.create_table(table).await
    }
}
