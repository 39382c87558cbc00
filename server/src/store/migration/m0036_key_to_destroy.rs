//! Those who have been erased and whose keys are still to be destroyed: a row for a moment, unless that is when it stops.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("key_to_destroy")
            .col(uuid("person_id"))
            .primary_key(Index::create().col("person_id"))
            .take();
        manager.create_table(table).await
    }
}
