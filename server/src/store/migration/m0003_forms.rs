//! The first tables of published forms and rounds; both immutable.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        form_version(manager).await?;
        round(manager).await
    }
}

async fn form_version(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = Table::create()
        .table("form_version")
        .col(text("key"))
        .col(integer("version"))
        .col(text("definition"))
        .col(blob("hash"))
        .col(big_integer("published_at"))
        .primary_key(Index::create().col("key").col("version"))
        .take();
    manager.create_table(table).await
}

async fn round(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = Table::create()
        .table("round")
        .col(uuid("id"))
        .col(text("definition"))
        .col(text("opens"))
        .col(text("closes"))
        .primary_key(Index::create().col("id"))
        .take();
    manager.create_table(table).await?;
    let index = Index::create().name("round_opens").table("round").col("opens").take();
    manager.create_index(index).await
}
