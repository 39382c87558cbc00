//! Connections with the settings that durability rests on. Called by `open`. Must not know a table.

use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, DbErr, Statement};
use std::time::Duration;

/// How long a connection waits for another process that writes to the same SQLite file, such as an import.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
/// How long somebody waits for a free connection before being told to come back.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(5);

/// How many statements a connection keeps prepared: those of a group of submissions in all the lengths that occur.
const STATEMENTS: usize = 512;

/// SQLite's page caches in KiB. Only the writer's outlives a commit: a reader forgets its pages when somebody has written.
const WRITER_CACHE: u32 = 32_000;
const READER_CACHE: u32 = 2_000;

/// Opens the one connection that writes. What it reads meanwhile it reads for everybody whose answers it holds.
pub(super) async fn writing(url: &str) -> Result<DatabaseConnection, DbErr> {
    connect(url, 1, WRITER_CACHE, "all").await
}

/// Opens so many connections for reading. Where the database guards the rows they meet none before it is said for whom.
pub(super) async fn reading(url: &str, connections: u32) -> Result<DatabaseConnection, DbErr> {
    connect(url, connections, READER_CACHE, "").await
}

async fn connect(
    url: &str,
    connections: u32,
    cache: u32,
    sees: &'static str,
) -> Result<DatabaseConnection, DbErr> {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(connections)
        .min_connections(1)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        // A pool that checks each connection before use doubles the round trips of a short read.
        .test_before_acquire(false)
        .sqlx_logging(false)
        .map_sqlx_postgres_opts(move |postgres| {
            postgres.statement_cache_capacity(STATEMENTS).options([("skolstart.sees", sees)])
        })
        .map_sqlx_sqlite_opts(move |sqlite| {
            sqlite
                .create_if_missing(true)
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(SqliteSynchronous::Full)
                .foreign_keys(true)
                .busy_timeout(BUSY_TIMEOUT)
                .statement_cache_capacity(STATEMENTS)
                // The default of 1,000 pages means a checkpoint, and two more syncs, every sixty submissions.
                .pragma("wal_autocheckpoint", "16000")
                // What a statement of many rows would need to be undone: 64 kB of it, and it goes to a file for no gain.
                .pragma("temp_store", "MEMORY")
                .pragma("cache_size", format!("-{cache}"))
        });
    Database::connect(options).await
}

/// Asks SQLite whether it really took the settings: a file on some network disks silently refuses WAL.
pub(super) async fn is_durable(db: &DatabaseConnection) -> Result<bool, DbErr> {
    if db.get_database_backend() != DbBackend::Sqlite {
        return Ok(true);
    }
    let journal: Option<String> = pragma(db, "journal_mode").await?;
    let synchronous: Option<i64> = pragma(db, "synchronous").await?;
    let foreign_keys: Option<i64> = pragma(db, "foreign_keys").await?;
    // 2 is FULL.
    Ok(journal.as_deref() == Some("wal") && synchronous == Some(2) && foreign_keys == Some(1))
}

async fn pragma<T: sea_orm::TryGetable>(db: &DatabaseConnection, name: &str) -> Result<Option<T>, DbErr> {
    let statement = Statement::from_string(DbBackend::Sqlite, format!("PRAGMA {name}"));
    db.query_one_raw(statement).await?.map(|row| row.try_get_by_index(0)).transpose()
}
