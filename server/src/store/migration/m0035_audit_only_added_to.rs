//! The database itself refuses to change or take away a line of the audit trail. Whoever owns the tables can take that guard away:
//! the hash chain and the checkpoints show what was done then.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

const SQLITE: [&str; 2] = [
    "CREATE TRIGGER audit_never_changed BEFORE UPDATE ON audit \
     BEGIN SELECT RAISE(ABORT, 'the audit trail is only added to'); END",
    "CREATE TRIGGER audit_never_taken_away BEFORE DELETE ON audit \
     BEGIN SELECT RAISE(ABORT, 'the audit trail is only added to'); END",
];
const POSTGRESQL: [&str; 2] = [
    "CREATE FUNCTION audit_is_only_added_to() RETURNS trigger LANGUAGE plpgsql AS \
     $$ BEGIN RAISE EXCEPTION 'the audit trail is only added to'; END $$",
    "CREATE TRIGGER audit_only_added_to BEFORE UPDATE OR DELETE OR TRUNCATE ON audit \
     FOR EACH STATEMENT EXECUTE FUNCTION audit_is_only_added_to()",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let guards = if manager.get_database_backend() == DbBackend::Sqlite { SQLITE } else { POSTGRESQL };
        for guard in guards {
            manager.get_connection().execute_unprepared(guard).await?;
        }
        Ok(())
    }
}
