//! The first tables of what people have sent: append-only history, and the projections that are read.
//!
//! No foreign keys here. Every submission of everybody is written by one writer in one transaction, a submission and what
//! belongs to it by one function; a key would make PostgreSQL lock and log the parent row once more for every fact. That
//! children, rounds and forms exist is what a submission is checked for before it is written.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        fact(manager).await?;
        fact_snapshot(manager).await?;
        submission(manager).await?;
        consent_decision(manager).await?;
        act_answer(manager).await
    }
}

async fn fact(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = Table::create()
        .table("fact")
        .col(uuid("id"))
        .col(uuid("subject_id"))
        .col(text("element"))
        .col(blob("value"))
        .col(text("source"))
        .col(uuid_null("by_id"))
        .col(big_integer("at"))
        .col(integer("version"))
        .col(uuid_null("submission_id"))
        .primary_key(Index::create().col("id"))
        .take();
    manager.create_table(table).await?;
    let index = Index::create().name("fact_subject_id_at").table("fact").col("subject_id").col("at").take();
    manager.create_index(index).await?;
    let index = Index::create().name("fact_submission_id").table("fact").col("submission_id").take();
    manager.create_index(index).await
}

async fn fact_snapshot(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = Table::create()
        .table("fact_snapshot")
        .col(uuid("subject_id"))
        .col(integer("version"))
        .col(blob("sealed"))
        .primary_key(Index::create().col("subject_id"))
        .take();
    manager.create_table(table).await
}

async fn submission(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = Table::create()
        .table("submission")
        .col(uuid("id"))
        .col(uuid("sender_id"))
        .col(uuid("round_id"))
        .col(text("content_hash"))
        .col(blob("sealed"))
        .col(text("receipt"))
        .col(text("number"))
        .col(big_integer("received_at"))
        .col(uuid_null("supersedes"))
        .primary_key(Index::create().col("id"))
        .take();
    manager.create_table(table).await?;
    let index = Index::create()
        .name("submission_sender_id_received_at")
        .table("submission")
        .col("sender_id")
        .col("received_at")
        .take();
    manager.create_index(index).await?;
    let index = Index::create().name("submission_number").table("submission").col("number").take();
    manager.create_index(index).await
}

async fn consent_decision(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = Table::create()
        .table("consent_decision")
        .col(big_pk_auto("seq"))
        .col(uuid("child_id"))
        .col(text("form_key"))
        .col(text("act_key"))
        .col(text("field_key"))
        .col(uuid("by_id"))
        .col(text("choice"))
        .col(integer("form_version"))
        .col(big_integer("at"))
        .col(uuid("submission_id"))
        .take();
    manager.create_table(table).await?;
    let index =
        Index::create().name("consent_decision_child_id").table("consent_decision").col("child_id").take();
    manager.create_index(index).await?;
    let index = Index::create()
        .name("consent_decision_submission_id")
        .table("consent_decision")
        .col("submission_id")
        .take();
    manager.create_index(index).await
}

async fn act_answer(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = Table::create()
        .table("act_answer")
        .col(uuid("subject_id"))
        .col(uuid("round_id"))
        .col(text("form_key"))
        .col(text("act_key"))
        .col(uuid("signer_id"))
        .col(text("outcome"))
        .col(uuid("submission_id"))
        .col(big_integer("at"))
        .primary_key(
            Index::create().col("subject_id").col("round_id").col("form_key").col("act_key").col("signer_id"),
        )
        .take();
    manager.create_table(table).await?;
    let index = Index::create().name("act_answer_signer_id").table("act_answer").col("signer_id").take();
    manager.create_index(index).await
}
