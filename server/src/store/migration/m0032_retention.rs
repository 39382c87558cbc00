//! Erasure: what is held, the runs that were made, and when a submission is to be looked at again.
//!
//! A hold is set and lifted, and the row stays. `counts` is JSON: what was erased, by class. `retention_look` spares each run from opening
//! every submission.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("retention_hold")
            .col(uuid("id"))
            .col(text("kind"))
            .col(uuid("object_id"))
            .col(blob("sealed"))
            .col(uuid_null("set_by"))
            .col(big_integer("set_at"))
            .col(blob("lifted"))
            .col(uuid_null("lifted_by"))
            .col(big_integer_null("lifted_at"))
            .primary_key(Index::create().col("id"))
            .take();
        manager.create_table(table).await?;
        let table = Table::create()
            .table("retention_run")
            .col(uuid("id"))
            .col(text("day"))
            .col(big_integer("started_at"))
            .col(big_integer_null("finished_at"))
            .col(text("counts"))
            .primary_key(Index::create().col("id"))
            .take();
        manager.create_table(table).await?;
        let table = Table::create()
            .table("retention_look")
            .col(uuid("object_id"))
            .col(text("day"))
            .primary_key(Index::create().col("object_id"))
            .take();
        manager.create_table(table).await
    }
}
