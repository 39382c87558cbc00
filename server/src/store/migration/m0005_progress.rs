//! The first tables of how far each act has come, and counters kept in the same transaction as the answers.
//!
//! No foreign keys here: these rows follow from the register and the answers and can be counted again from them.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        task(manager).await?;
        progress_count(manager).await?;
        progress_child(manager).await?;
        unit_day(manager).await?;
        group_revision(manager).await
    }
}

async fn task(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = Table::create()
        .table("task")
        .col(uuid("child_id"))
        .col(uuid("round_id"))
        .col(text("form_key"))
        .col(text("act_key"))
        .col(uuid("unit_id"))
        .col(uuid_null("group_id"))
        .col(text("status"))
        .col(big_integer_null("answered_at"))
        .col(boolean("hidden"))
        .primary_key(Index::create().col("child_id").col("round_id").col("form_key").col("act_key"))
        .take();
    manager.create_table(table).await?;
    let index = Index::create().name("task_group_id").table("task").col("group_id").take();
    manager.create_index(index).await?;
    let index = Index::create().name("task_unit_id").table("task").col("unit_id").take();
    manager.create_index(index).await
}

async fn progress_count(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = Table::create()
        .table("progress_count")
        .col(uuid("scope_id"))
        .col(uuid("round_id"))
        .col(text("form_key"))
        .col(text("act_key"))
        .col(text("status"))
        .col(big_integer("children"))
        .primary_key(
            Index::create().col("scope_id").col("round_id").col("form_key").col("act_key").col("status"),
        )
        .take();
    manager.create_table(table).await
}

async fn progress_child(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = Table::create()
        .table("progress_child")
        .col(uuid("scope_id"))
        .col(uuid("round_id"))
        .col(big_integer("children"))
        .col(big_integer("finished"))
        .primary_key(Index::create().col("scope_id").col("round_id"))
        .take();
    manager.create_table(table).await
}

async fn unit_day(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = Table::create()
        .table("unit_day")
        .col(uuid("unit_id"))
        .col(uuid("round_id"))
        .col(text("day"))
        .col(big_integer("submissions"))
        .col(big_integer("confirmed"))
        .col(big_integer("changed"))
        .col(big_integer("new"))
        .primary_key(Index::create().col("unit_id").col("round_id").col("day"))
        .take();
    manager.create_table(table).await
}

async fn group_revision(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = Table::create()
        .table("group_revision")
        .col(uuid("group_id"))
        .col(big_integer("revision"))
        .primary_key(Index::create().col("group_id"))
        .take();
    manager.create_table(table).await
}
