//! The first tables of people: who exists, what numbers they have, who is responsible for whom.
//!
//! `guardian_relation.adult_id` has no foreign key: a child stands before its guardians in many registers, and the two can come
//! in different transactions. The import takes in no relation to somebody whom the files do not name.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        person(manager).await?;
        person_identifier(manager).await?;
        guardian_relation(manager).await
    }
}

async fn person(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = Table::create()
        .table("person")
        .col(uuid("id"))
        .col(text("given_name"))
        .col(text("family_name"))
        .col(text_null("birth_date"))
        .col(text("marking"))
        .col(text("status"))
        .col(blob("source_hash"))
        .col(big_integer("updated_at"))
        .primary_key(Index::create().col("id"))
        .take();
    manager.create_table(table).await
}

async fn person_identifier(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = Table::create()
        .table("person_identifier")
        .col(uuid("id"))
        .col(uuid("person_id"))
        .col(text("kind"))
        .col(blob("sealed"))
        .col(blob("blind"))
        .col(text_null("valid_from"))
        .col(text_null("valid_to"))
        .col(text("source"))
        .primary_key(Index::create().col("id"))
        .foreign_key(ForeignKey::create().from("person_identifier", "person_id").to("person", "id"))
        .take();
    manager.create_table(table).await?;
    let index = Index::create()
        .name("person_identifier_person_id")
        .table("person_identifier")
        .col("person_id")
        .take();
    manager.create_index(index).await?;
    let index = Index::create()
        .name("person_identifier_blind")
        .table("person_identifier")
        .col("blind")
        .unique()
        .take();
    manager.create_index(index).await
}

async fn guardian_relation(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = Table::create()
        .table("guardian_relation")
        .col(uuid("child_id"))
        .col(uuid("adult_id"))
        .col(text("kind"))
        .col(text_null("from_day"))
        .col(text_null("to_day"))
        .primary_key(Index::create().col("child_id").col("adult_id").col("kind"))
        .foreign_key(ForeignKey::create().from("guardian_relation", "child_id").to("person", "id"))
        .take();
    manager.create_table(table).await?;
    let index =
        Index::create().name("guardian_relation_adult_id").table("guardian_relation").col("adult_id").take();
    manager.create_index(index).await
}
