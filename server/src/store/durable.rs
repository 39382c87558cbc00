//! Whether PostgreSQL keeps what it has said yes to. Called by `open`. Must not know a table.

use super::{StoreError, connect};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement};

/// What a receipt rests on, as PostgreSQL calls it, where it is switched off.
const SWITCHED_OFF: &str = "SELECT name FROM pg_settings WHERE setting = 'off' \
    AND name IN ('fsync', 'full_page_writes', 'synchronous_commit') ORDER BY name";

/// Those of the settings that let PostgreSQL lose what it has committed. None for SQLite, which is asked elsewhere.
pub(super) async fn switched_off(db: &DatabaseConnection) -> Result<Vec<String>, StoreError> {
    if db.get_database_backend() != DbBackend::Postgres {
        return Ok(Vec::new());
    }
    let rows = db.query_all_raw(Statement::from_string(DbBackend::Postgres, SWITCHED_OFF)).await?;
    Ok(rows.iter().map(|row| row.try_get_by_index(0)).collect::<Result<_, _>>()?)
}

/// The same of a database by its address: what a start of the service would be refused for.
///
/// # Errors
/// When it cannot be reached.
pub async fn switched_off_at(url: &str) -> Result<Vec<String>, StoreError> {
    let db = connect::writing(url).await?;
    let off = switched_off(&db).await?;
    db.close().await?;
    Ok(off)
}
