//! A folder that is handed over to an archive: files with their checksums, whole or not there at all.
//!
//! Owns how it is written, sealed off and verified. Called by `usecase::archive` and by the command. Must not know what the files
//! hold, nor need a database: the receiver verifies without one.

mod folder;
mod verify;

pub use folder::{Folder, Written};
pub use verify::{Fault, Verified, verify};

use std::path::{Path, PathBuf};

/// The list of checksums, as `sha256sum --check` reads it.
pub const SUMS: &str = "SHA256SUMS";
/// What the folder is, and every file in it.
pub const MANIFEST: &str = "manifest.json";

/// Why a folder could not be written or read.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    /// Nothing is ever written over.
    #[error("{0} is there already; an archive is never written over")]
    Exists(PathBuf),
    /// Something else has the name that is used while writing.
    #[error("{0} is there, and is no archive that was begun; move it away")]
    NotOurs(PathBuf),
    /// Two at once.
    #[error("{0} is being written by another process")]
    Busy(PathBuf),
    /// A name that an archive does not have.
    #[error("a file of an archive cannot be called {0}")]
    Name(String),
    /// It is no archive of ours.
    #[error("{0} is no archive: it has no list of checksums")]
    NoArchive(PathBuf),
    /// The disk.
    #[error("{path}: {error}")]
    Io {
        /// Where.
        path: PathBuf,
        /// What the system said.
        error: std::io::Error,
    },
}

impl ArchiveError {
    fn at(path: &Path) -> impl FnOnce(std::io::Error) -> Self + use<'_> {
        |error| Self::Io { path: path.to_owned(), error }
    }
}

/// True for a name that every system can have and that leads nowhere else.
fn is_name(path: &str) -> bool {
    let is_part = |part: &str| {
        !part.is_empty()
            && !part.starts_with('.')
            && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
    };
    path.split('/').all(is_part)
}

#[cfg(test)]
mod tests;
