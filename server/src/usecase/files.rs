//! Somebody sends a file part by part, and people with a task for it look at it. Called by its handlers.
//!
//! Owns how large, how many and how long files are. Must not know what a file is made of: that is for `inspect`.

use crate::inspect::{Inspected, inspect};
use crate::policy::{Grant, ReadFile, SendFile};
use crate::store::{Begun, FileRecord, Store, StoreError, Taken, Waiting};
use sha2::{Digest, Sha256};
use skolstart_shared::api::{FileIn, FileState};
use skolstart_shared::fact::{FileRef, FileType};
use skolstart_shared::form::MOST_MEGABYTES;
use skolstart_shared::id::FileId;
use skolstart_shared::submission::ContentHash;
use skolstart_shared::{Code, Violation};
use tokio::sync::Semaphore;

/// What one person may have waiting for an answer: more than any form of the library asks for at once.
const WAITING: Waiting = Waiting { files: 40, bytes: 200_000_000 };
/// For how many days a file waits for an answer. A draft is kept for seven on the device that sent it.
const WAITING_DAYS: i64 = 8;
/// The longest name that is taken, in characters.
const LONGEST_NAME: usize = 255;
/// How many files are looked into at the same time in one process: each may take a few hundred megabytes.
static LOOKING: Semaphore = Semaphore::const_new(2);

/// Why a file was not taken.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// There is no such file of this person.
    #[error("not found")]
    NotFound,
    /// The id was used before for another file, or more came than was said.
    #[error("another content under the same id")]
    Other,
    /// The file is not taken.
    #[error("the file is not taken")]
    Invalid(Vec<Violation>),
    /// Not written, or not read.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<Code> for FileError {
    fn from(code: Code) -> Self {
        let violation = Violation::new("", code);
        Self::Invalid(vec![match code {
            Code::FileTooLarge => violation.with("max", MOST_MEGABYTES),
            _ => violation,
        }])
    }
}

/// Begins a file, or says how far it has come. The grant is for the child that it is about.
///
/// # Errors
/// See [`FileError`].
pub async fn begin(
    store: &Store,
    grant: Grant<SendFile>,
    id: FileId,
    mut input: FileIn,
) -> Result<FileState, FileError> {
    if input.bytes == 0 {
        return Err(Code::FileEmpty.into());
    }
    if input.bytes > u32::from(MOST_MEGABYTES) * 1_000_000 {
        return Err(Code::FileTooLarge.into());
    }
    input.name = input.name.chars().take(LONGEST_NAME).collect();
    match store.begin_file(&grant, id, input, WAITING).await? {
        Begun::Here(record) => state(&record),
        Begun::Other => Err(FileError::Other),
        Begun::NotYours => Err(FileError::NotFound),
        Begun::TooMany => Err(Code::FilesWaiting.into()),
    }
}

/// Takes bytes of a file.
///
/// # Errors
/// See [`FileError`].
pub async fn add(
    store: &Store,
    grant: Grant<SendFile>,
    id: FileId,
    offset: u32,
    bytes: Vec<u8>,
) -> Result<FileState, FileError> {
    match store.add_file_part(&grant, id, offset, bytes).await? {
        Taken::Here(record) => state(&record),
        Taken::TooMuch => Err(FileError::Other),
        Taken::Missing => Err(FileError::NotFound),
    }
}

fn state(record: &FileRecord) -> Result<FileState, FileError> {
    record.refused.map_or_else(|| Ok(record.state()), |code| Err(code.into()))
}

/// Checks a file that has come whole and keeps it. Asked again it says the same.
///
/// # Errors
/// See [`FileError`].
pub async fn finish(store: &Store, grant: Grant<SendFile>, id: FileId) -> Result<FileRef, FileError> {
    let (record, bytes) = store.received_file(&grant, id).await?.ok_or(FileError::NotFound)?;
    let record = match &record {
        FileRecord { done: None, refused: None, received, input, .. } => {
            if *received < input.bytes {
                return Err(Code::FileUnsent.into());
            }
            let outcome = look(bytes, input.hash.clone()).await?;
            store.keep_file(&grant, id, outcome).await?.ok_or(FileError::NotFound)?
        }
        _ => record,
    };
    state(&record)?;
    record.done.ok_or(FileError::NotFound)
}

async fn look(bytes: Vec<u8>, hash: ContentHash) -> Result<Result<Inspected, Code>, StoreError> {
    let _turn = LOOKING.acquire().await.map_err(|_| StoreError::Busy)?;
    let looking = tokio::task::spawn_blocking(move || {
        let is_whole = ContentHash::of_digest(&Sha256::digest(&bytes)) == hash;
        if is_whole { inspect(bytes) } else { Err(Code::FileBroken) }
    });
    // A file that breaks what looks into it is not taken either.
    Ok(looking.await.unwrap_or_else(|_| {
        tracing::error!("looking into a file failed");
        Err(Code::FileBroken)
    }))
}

/// Forgets a file that no answer holds. There is nothing to say if there is none.
///
/// # Errors
/// When it could not be written.
pub async fn forget(store: &Store, grant: Grant<SendFile>, id: FileId) -> Result<(), FileError> {
    Ok(store.forget_file(&grant, id).await?)
}

/// What a file is and its bytes, after it is noted who looks.
///
/// # Errors
/// See [`FileError`].
pub async fn read(
    store: &Store,
    grant: Grant<ReadFile>,
    id: FileId,
) -> Result<(FileType, Vec<u8>), FileError> {
    let content = store.file_content(&grant, id).await?.ok_or(FileError::NotFound)?;
    let child = grant.child().map(|child| grant.audit("child", Some(child.0)));
    store.note([grant.audit("file", Some(id.0))].into_iter().chain(child).collect()).await?;
    Ok(content)
}

/// Forgets what has waited too long for an answer. Says how many files.
///
/// # Errors
/// When it could not be written.
pub async fn forget_waiting(store: &Store) -> Result<usize, StoreError> {
    let before = store.clock().now().plus_millis(-WAITING_DAYS * 86_400_000);
    store.forget_waiting_files(before).await
}
