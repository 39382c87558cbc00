//! Who stands in for somebody in a group, for some days.
//!
//! A row is given, and perhaps ended before its last day; it stays. Nothing in it is sealed: it says who worked where.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("substitute")
            .col(uuid("id"))
            .col(uuid("person_id"))
            .col(uuid("unit_id"))
            .col(uuid("group_id"))
            .col(text("from_day"))
            .col(text("to_day"))
            .col(uuid("given_by"))
            .col(big_integer("given_at"))
            .col(uuid_null("ended_by"))
            .col(big_integer_null("ended_at"))
            .primary_key(Index::create().col("id"))
            .foreign_key(ForeignKey::create().from("substitute", "person_id").to("person", "id"))
            .take();
        manager.create_table(table).await?;
        for column in ["person_id", "unit_id"] {
            let index =
                Index::create().name(format!("substitute_{column}")).table("substitute").col(column).take();
            manager.create_index(index).await?;
        }
        Ok(())
    }
}
