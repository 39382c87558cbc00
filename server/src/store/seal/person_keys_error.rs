use std::io;
use std::path::PathBuf;

/// Why the keys of persons cannot be used. Says which file and what to do, never what is in it.
#[derive(Debug, thiserror::Error)]
pub enum PersonKeysError {
    /// The database has data, and the keys that can read it are not there.
    #[error("the file {} with the keys of persons is missing, and the database has data that only they can read: restore the newest from your backup of keys", .0.display())]
    Missing(PathBuf),
    /// Others on the machine can read the keys.
    #[error("the file {} with the keys of persons can be read by others: run chmod 600 on it", .0.display())]
    ReadableByOthers(PathBuf),
    /// The file is no such file.
    #[error("{} is no file of the keys of persons", .0.display())]
    Malformed(PathBuf),
    /// The keys belong to another database.
    #[error("the file {} holds the keys of persons of another database", .0.display())]
    WrongStore(PathBuf),
    /// A copy of the file is in use, or was. Keys that were made there are missing here.
    #[error("the file {} with the keys of persons is an older copy of one that was used since: put the newest in its place, and let all machines use the same file", .0.display())]
    OlderCopy(PathBuf),
    /// The file is from before some keys were made: what those have sealed could not be opened, and new ones would take their place.
    #[error("the file {} with the keys of persons is older than the database, and people who came in between would be lost: put the newest in its place, or, when it is lost for good, see `skolstart key give-up --help`", .0.display())]
    Older(PathBuf),
    /// The keys were sealed with a key that the key file does not have.
    #[error("the keys of persons in {} belong to another key file: put the two that were in use together in their places", .0.display())]
    OtherKeyFile(PathBuf),
    /// The file could not be read or written.
    #[error("cannot use the file {} with the keys of persons: {cause}", file.display())]
    Io {
        /// The file.
        file: PathBuf,
        /// What the operating system said.
        cause: io::Error,
    },
}
