//! The whole database as one stream of rows, and back into an empty one of either kind.
//!
//! Owns the shape of the stream, what is taken, and how it is proven that all of it came back. Called by the commands; what
//! seals the stream is none of its business. Must not take sessions (nobody is signed in again by a restore) nor open a
//! sealed field: the key file and the keys of persons are kept apart.

mod contents;
mod put_back;
mod stream;
mod take;
mod trail;

pub use contents::{Contents, Head};
pub use put_back::{PutBack, restore};
pub use trail::verify_trail;

use super::{PersonKeysError, StoreError};
use std::path::PathBuf;

/// Why a back-up could not be taken or put back.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The stream cannot be read or written.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// It is no back-up of ours, or it ends too early.
    #[error("this is no back-up of Skolstart, or a part of it is missing")]
    NotOurs,
    /// It was made by a program that knows more than this one.
    #[error(
        "the back-up was made by a newer program: it has the table change {0}, which this one does not know"
    )]
    Newer(String),
    /// Rows are there already.
    #[error("the database is not empty: the table {0} has rows")]
    NotEmpty(String),
    /// What came back is not what was taken.
    #[error("what was put back is not what was taken: {0}")]
    Differs(String),
    /// What is sealed in it cannot be opened with the keys of persons that are here.
    #[error("the back-up is of a database whose keys of persons are not those in {}", .0.display())]
    OtherKeys(PathBuf),
    /// The keys of persons are older than the rows: people would be lost.
    #[error("the keys of persons in {} are older than the back-up, and people who came in between would be lost: use the newest, or, when it is lost for good, say --older-keys", .0.display())]
    OlderKeys(PathBuf),
    /// The keys of persons.
    #[error(transparent)]
    Keys(#[from] PersonKeysError),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<sea_orm::DbErr> for BackupError {
    fn from(error: sea_orm::DbErr) -> Self {
        Self::Store(error.into())
    }
}
