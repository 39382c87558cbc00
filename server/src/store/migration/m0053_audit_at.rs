//! The audit trail by time: what the auditor asks, and the report of an incident.
//!
//! Lines are added in the order of time, so PostgreSQL needs no more than the range of times of each stretch of the table (BRIN): a few
//! pages for millions of lines, and next to nothing for each line that is added.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let kind = match manager.get_database_backend() {
            sea_orm::DbBackend::Postgres => "USING brin (at) WITH (pages_per_range = 32, autosummarize = on)",
            _ => "(at)",
        };
        manager
            .get_connection()
            .execute_unprepared(&format!("CREATE INDEX audit_at ON audit {kind}"))
            .await?;
        Ok(())
    }
}
