//! The first tables of what the service needs about itself: settings, sessions, audit, imports.
//!
//! `audit` has no foreign keys: it must outlive what it tells of.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        meta(manager).await?;
        session(manager).await?;
        audit(manager).await?;
        import_run(manager).await?;
        register_history(manager).await
    }
}

async fn meta(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = Table::create()
        .table("meta")
        .col(text("key"))
        .col(blob("value"))
        .primary_key(Index::create().col("key"))
        .take();
    manager.create_table(table).await
}

async fn session(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = Table::create()
        .table("session")
        .col(blob("token_hash"))
        .col(uuid("person_id"))
        .col(big_integer("created_at"))
        .col(big_integer("seen_at"))
        .col(big_integer("expires_at"))
        .primary_key(Index::create().col("token_hash"))
        .foreign_key(ForeignKey::create().from("session", "person_id").to("person", "id"))
        .take();
    manager.create_table(table).await?;
    let index = Index::create().name("session_person_id").table("session").col("person_id").take();
    manager.create_index(index).await?;
    let index = Index::create().name("session_expires_at").table("session").col("expires_at").take();
    manager.create_index(index).await
}

async fn audit(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = Table::create()
        .table("audit")
        .col(uuid("chain"))
        .col(big_integer("seq"))
        .col(big_integer("at"))
        .col(uuid_null("actor"))
        .col(text("action"))
        .col(text("object_kind"))
        .col(uuid_null("object_id"))
        .col(text("purpose"))
        .col(text("outcome"))
        .col(text("request_id"))
        .col(blob("prev_hash"))
        .col(blob("hash"))
        .primary_key(Index::create().col("chain").col("seq"))
        .take();
    manager.create_table(table).await?;
    let index = Index::create().name("audit_object_id_at").table("audit").col("object_id").col("at").take();
    manager.create_index(index).await?;
    let index = Index::create().name("audit_actor_at").table("audit").col("actor").col("at").take();
    manager.create_index(index).await
}

async fn import_run(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = Table::create()
        .table("import_run")
        .col(uuid("id"))
        .col(big_integer("started_at"))
        .col(big_integer_null("finished_at"))
        .col(text("counts"))
        .primary_key(Index::create().col("id"))
        .take();
    manager.create_table(table).await
}

async fn register_history(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = Table::create()
        .table("register_history")
        .col(uuid("id"))
        .col(uuid("run_id"))
        .col(text("kind"))
        .col(uuid("object_id"))
        .col(big_integer("at"))
        .col(blob("sealed"))
        .primary_key(Index::create().col("id"))
        .foreign_key(ForeignKey::create().from("register_history", "run_id").to("import_run", "id"))
        .take();
    manager.create_table(table).await?;
    let index =
        Index::create().name("register_history_object_id").table("register_history").col("object_id").take();
    manager.create_index(index).await
}
