//! What is kept from one guardian of a child (OSL 12:3): decided by whoever leads or handles, with a reason and perhaps a last day.
//!
//! `forms` is JSON: the keys of the forms that it is about; NULL: everything. `sealed` is the reason. A row is ended and stays.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("withholding")
            .col(uuid("id"))
            .col(uuid("child_id"))
            .col(uuid("guardian_id"))
            .col(text_null("forms"))
            .col(blob("sealed"))
            .col(text_null("until_day"))
            .col(uuid("by_id"))
            .col(text("role"))
            .col(big_integer("at"))
            .col(uuid_null("ended_by"))
            .col(big_integer_null("ended_at"))
            .primary_key(Index::create().col("id"))
            .take();
        manager.create_table(table).await?;
        for column in ["child_id", "guardian_id"] {
            let name = format!("withholding_{column}");
            let index = Index::create().name(name).table("withholding").col(column).take();
            manager.create_index(index).await?;
        }
        Ok(())
    }
}
