use sea_orm::{DbErr, SqlErr};

/// Why the store could not do what was asked. Holds no value of any row.
#[derive(Clone, Debug, thiserror::Error)]
pub enum StoreError {
    /// Too much is waiting, or the database is locked or gone for the moment: the same request may succeed later.
    #[error("the database is busy")]
    Busy,
    /// A row cannot be what the program wrote: altered, moved, or sealed with another key.
    #[error("a row of {0} cannot be read")]
    Corrupt(&'static str),
    /// The operating system gives no random bytes.
    #[error("no randomness")]
    NoRandomness,
    /// Another process wrote the same row first; the writer tries such a batch again job by job.
    #[error("written by another process at the same time")]
    Collision,
    /// Anything else that the database said.
    #[error("database: {0}")]
    Database(String),
}

impl From<DbErr> for StoreError {
    fn from(error: DbErr) -> Self {
        if let Some(SqlErr::UniqueConstraintViolation(_)) = error.sql_err() {
            return Self::Collision;
        }
        let text = error.to_string();
        let says = |known: &[&str]| known.iter().any(|known| text.contains(known));
        // PostgreSQL: a deadlock (40P01) or serialisation failure (40001) ends one of two transactions, to be tried again.
        if says(&["deadlock detected", "could not serialize"]) {
            return Self::Collision;
        }
        // SQLite: another process holds the write lock longer than the busy timeout. PostgreSQL: it is being restarted.
        let gone = [
            "database is locked",
            "pool timed out",
            "terminating connection",
            "Connection refused",
            "error communicating with database",
        ];
        if matches!(error, DbErr::Conn(_) | DbErr::ConnectionAcquire(_)) || says(&gone) {
            return Self::Busy;
        }
        Self::Database(text)
    }
}

impl From<crate::ids::NoRandomness> for StoreError {
    fn from(_: crate::ids::NoRandomness) -> Self {
        Self::NoRandomness
    }
}
