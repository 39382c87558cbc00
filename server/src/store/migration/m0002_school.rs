//! The first tables of organisations, groups and who belongs where.
//!
//! `organisation.parent_id` has no foreign key: the one above may stand later in the file.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        organisation(manager).await?;
        enrolment(manager).await?;
        school_group(manager).await?;
        group_membership(manager).await?;
        duty(manager).await?;
        duty_assignment(manager).await
    }
}

async fn organisation(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = Table::create()
        .table("organisation")
        .col(uuid("id"))
        .col(text("name"))
        .col(text("kind"))
        .col(uuid_null("parent_id"))
        .col(text_null("unit_code"))
        .col(text("school_forms"))
        .col(text_null("from_day"))
        .col(text_null("to_day"))
        .col(blob("source_hash"))
        .col(big_integer("updated_at"))
        .primary_key(Index::create().col("id"))
        .take();
    manager.create_table(table).await?;
    let index = Index::create().name("organisation_kind").table("organisation").col("kind").take();
    manager.create_index(index).await
}

async fn enrolment(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = Table::create()
        .table("enrolment")
        .col(uuid("id"))
        .col(uuid("child_id"))
        .col(uuid("unit_id"))
        .col(text("school_form"))
        .col(integer_null("grade"))
        .col(text_null("from_day"))
        .col(text_null("to_day"))
        .col(text("kind"))
        .col(blob("source_hash"))
        .primary_key(Index::create().col("id"))
        .foreign_key(ForeignKey::create().from("enrolment", "child_id").to("person", "id"))
        .foreign_key(ForeignKey::create().from("enrolment", "unit_id").to("organisation", "id"))
        .take();
    manager.create_table(table).await?;
    let index = Index::create().name("enrolment_child_id").table("enrolment").col("child_id").take();
    manager.create_index(index).await?;
    let index = Index::create().name("enrolment_unit_id").table("enrolment").col("unit_id").take();
    manager.create_index(index).await
}

async fn school_group(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = Table::create()
        .table("school_group")
        .col(uuid("id"))
        .col(uuid("unit_id"))
        .col(text("name"))
        .col(text("kind"))
        .col(text_null("school_form"))
        .col(text_null("from_day"))
        .col(text_null("to_day"))
        .col(blob("source_hash"))
        .col(big_integer("updated_at"))
        .primary_key(Index::create().col("id"))
        .foreign_key(ForeignKey::create().from("school_group", "unit_id").to("organisation", "id"))
        .take();
    manager.create_table(table).await?;
    let index = Index::create().name("school_group_unit_id").table("school_group").col("unit_id").take();
    manager.create_index(index).await
}

async fn group_membership(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = Table::create()
        .table("group_membership")
        .col(uuid("group_id"))
        .col(uuid("person_id"))
        .col(text_null("from_day"))
        .col(text_null("to_day"))
        .primary_key(Index::create().col("group_id").col("person_id"))
        .foreign_key(ForeignKey::create().from("group_membership", "group_id").to("school_group", "id"))
        .foreign_key(ForeignKey::create().from("group_membership", "person_id").to("person", "id"))
        .take();
    manager.create_table(table).await?;
    let index =
        Index::create().name("group_membership_person_id").table("group_membership").col("person_id").take();
    manager.create_index(index).await
}

async fn duty(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = Table::create()
        .table("duty")
        .col(uuid("id"))
        .col(uuid("person_id"))
        .col(uuid("unit_id"))
        .col(text("role_word"))
        .col(text_null("from_day"))
        .col(text_null("to_day"))
        .col(blob("source_hash"))
        .col(big_integer("updated_at"))
        .primary_key(Index::create().col("id"))
        .foreign_key(ForeignKey::create().from("duty", "person_id").to("person", "id"))
        .foreign_key(ForeignKey::create().from("duty", "unit_id").to("organisation", "id"))
        .take();
    manager.create_table(table).await?;
    let index = Index::create().name("duty_person_id").table("duty").col("person_id").take();
    manager.create_index(index).await?;
    let index = Index::create().name("duty_unit_id").table("duty").col("unit_id").take();
    manager.create_index(index).await
}

async fn duty_assignment(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = Table::create()
        .table("duty_assignment")
        .col(uuid("duty_id"))
        .col(uuid("group_id"))
        .col(text("kind"))
        .col(text_null("from_day"))
        .col(text_null("to_day"))
        .primary_key(Index::create().col("duty_id").col("group_id").col("kind"))
        .foreign_key(ForeignKey::create().from("duty_assignment", "duty_id").to("duty", "id"))
        .foreign_key(ForeignKey::create().from("duty_assignment", "group_id").to("school_group", "id"))
        .take();
    manager.create_table(table).await?;
    let index =
        Index::create().name("duty_assignment_group_id").table("duty_assignment").col("group_id").take();
    manager.create_index(index).await
}
