//! Roles that the municipality gives by hand, for a time: programme office, auditor, support.
//!
//! A row is given, and perhaps ended before its time; it stays. `sealed` is the reason.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("mandate")
            .col(uuid("id"))
            .col(uuid("person_id"))
            .col(text("kind"))
            .col(uuid_null("unit_id"))
            .col(blob("sealed"))
            .col(uuid("given_by"))
            .col(big_integer("given_at"))
            .col(big_integer("until_at"))
            .col(uuid_null("ended_by"))
            .col(big_integer_null("ended_at"))
            .primary_key(Index::create().col("id"))
            .foreign_key(ForeignKey::create().from("mandate", "person_id").to("person", "id"))
            .take();
        manager.create_table(table).await?;
        let index = Index::create().name("mandate_person_id").table("mandate").col("person_id").take();
        manager.create_index(index).await
    }
}
