//! Lists that leave the house, with who asked, why, and who said yes; and alarms about much that is read or taken out.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("list_export")
            .col(uuid("id"))
            .col(uuid("by_id"))
            .col(uuid("group_id"))
            .col(uuid("unit_id"))
            .col(text("form_key"))
            .col(text("act_key"))
            .col(integer("children"))
            .col(blob("sealed"))
            .col(big_integer("at"))
            .col(uuid_null("decided_by"))
            .col(big_integer_null("decided_at"))
            .col(boolean("approved"))
            .primary_key(Index::create().col("id"))
            .take();
        manager.create_table(table).await?;
        let index = Index::create().name("list_export_at").table("list_export").col("at").take();
        manager.create_index(index).await?;
        let table = Table::create()
            .table("bulk_alarm")
            .col(uuid("id"))
            .col(text("kind"))
            .col(uuid("person_id"))
            .col(text("day"))
            .col(integer("children"))
            .col(big_integer("at"))
            .col(uuid_null("seen_by"))
            .col(big_integer_null("seen_at"))
            .col(boolean("lifted"))
            .primary_key(Index::create().col("id"))
            .take();
        manager.create_table(table).await?;
        let once = Index::create()
            .name("bulk_alarm_once")
            .table("bulk_alarm")
            .col("person_id")
            .col("day")
            .col("kind")
            .unique()
            .take();
        manager.create_index(once).await
    }
}
