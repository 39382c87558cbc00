//! Drafts of forms, and what has been asked and answered about their publishing. A draft is one row with a revision; reviews
//! are only added to.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let draft = Table::create()
            .table("form_draft")
            .col(uuid("id"))
            .col(text("key"))
            .col(integer("revision"))
            .col(text("definition"))
            .col(boolean("open"))
            .col(big_integer("changed_at"))
            .col(uuid("changed_by"))
            .primary_key(Index::create().col("id"))
            .take();
        manager.create_table(draft).await?;
        let review = Table::create()
            .table("form_review")
            .col(uuid("id"))
            .col(uuid("draft_id"))
            .col(integer("revision"))
            .col(text("step"))
            .col(text_null("note"))
            .col(uuid("by_id"))
            .col(big_integer("at"))
            .primary_key(Index::create().col("id"))
            .take();
        manager.create_table(review).await?;
        let index = Index::create().name("form_review_draft_id").table("form_review").col("draft_id").take();
        manager.create_index(index).await
    }
}
