//! What answers set in motion among staff. A row is opened in the transaction of the answer; that it is done, or is not after
//! all, is a mark. Marks are only added to, and `done_at` and `done_by` follow from the newest. What is to be done stands in
//! the form, in the version and at the place that the row names.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("todo")
            .col(uuid("id"))
            .col(uuid("child_id"))
            .col(uuid("subject_id"))
            .col(text("form_key"))
            .col(integer("form_version"))
            .col(text("act_key"))
            .col(integer("nr"))
            .col(text("function"))
            .col(big_integer("opened_at"))
            .col(big_integer("asked_at"))
            .col(text("due"))
            .col(uuid("cause_id"))
            .col(big_integer_null("done_at"))
            .col(uuid_null("done_by"))
            .primary_key(Index::create().col("id"))
            .take();
        manager.create_table(table).await?;
        let child = Index::create().name("todo_child_id").table("todo").col("child_id").take();
        manager.create_index(child).await?;
        let function =
            Index::create().name("todo_function_done_at").table("todo").col("function").col("done_at").take();
        manager.create_index(function).await?;
        let table = Table::create()
            .table("todo_mark")
            .col(uuid("id"))
            .col(uuid("todo_id"))
            .col(boolean("done"))
            .col(uuid("by_id"))
            .col(big_integer("at"))
            .primary_key(Index::create().col("id"))
            .take();
        manager.create_table(table).await?;
        let todo = Index::create().name("todo_mark_todo_id").table("todo_mark").col("todo_id").take();
        manager.create_index(todo).await
    }
}
