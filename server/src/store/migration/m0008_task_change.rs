//! What staff do to a task: sending an answer back with questions, exempting a child, and taking either back. Append-only.
//!
//! No foreign keys, for the reason of the answers: that the child and the act exist is checked before it is written.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("task_change")
            .col(uuid("id"))
            .col(uuid("child_id"))
            .col(uuid("round_id"))
            .col(text_null("form_key"))
            .col(text_null("act_key"))
            .col(text("kind"))
            .col(uuid("by_id"))
            .col(text("role"))
            .col(big_integer("at"))
            .col(blob("sealed"))
            .primary_key(Index::create().col("id"))
            .take();
        manager.create_table(table).await?;
        let index = Index::create()
            .name("task_change_child_id_at")
            .table("task_change")
            .col("child_id")
            .col("at")
            .take();
        manager.create_index(index).await
    }
}
