//! What a guardian has begun to answer and not sent: one sealed row for each.
//!
//! The id is the guardian's, so that there is never more than one. When it was kept says which one a save stands on.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("own_draft")
            .col(uuid("id"))
            .col(big_integer("kept_at"))
            .col(blob("sealed"))
            .primary_key(Index::create().col("id"))
            .take();
        manager.create_table(table).await?;
        let index = Index::create().name("own_draft_kept_at").table("own_draft").col("kept_at").take();
        manager.create_index(index).await
    }
}
