//! Files that are sent with answers: taken part by part, kept sealed, held by an answer, and forgotten when none holds them.
//!
//! Owns the tables `file` and `file_part`. Called by `policy`, `usecase::files` and the writing of submissions. Must not look
//! into a file: what it gets to keep has been checked.

mod hold;
mod keep;
mod receive;

pub use hold::{PlannedFile, SentFile};
pub(super) use hold::{bind, delete, present};
pub(super) use keep::parts;
pub(crate) use receive::Waiting;
pub use receive::{Begun, Taken};

use super::entity::file;
use super::{Sealer, Store, StoreError};
use sea_orm::EntityTrait;
use serde::{Deserialize, Serialize};
use skolstart_shared::Code;
use skolstart_shared::api::{FileIn, FileState};
use skolstart_shared::fact::{ElementKey, FileRef, FileType};
use skolstart_shared::form::{ActKey, FormKey};
use skolstart_shared::id::{FileId, PersonId};
use skolstart_shared::submission::ContentHash;
use uuid::Uuid;

/// What decides who reaches a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilePlace {
    /// Who sent it.
    pub uploader: PersonId,
    /// The child it is about. `None`: the sender herself.
    pub child: Option<PersonId>,
    /// True when an answer holds it.
    pub is_held: bool,
    /// The act that the answer is to.
    pub answers: Option<(FormKey, ActKey)>,
    /// The element of that answer, when it has one.
    pub element: Option<ElementKey>,
}

/// A file as it has come so far.
#[derive(Clone)]
pub struct FileRecord {
    /// What was said when it began.
    pub input: FileIn,
    /// How many of its bytes are here.
    pub received: u32,
    /// What it is, once it is kept.
    pub done: Option<FileRef>,
    /// Why it was not taken.
    pub refused: Option<Code>,
}

impl FileRecord {
    /// How far it has come.
    pub fn state(&self) -> FileState {
        FileState { received: self.received, done: self.done.clone() }
    }
}

/// What is sealed of a file.
#[derive(Serialize, Deserialize)]
struct Said {
    name: String,
    hash: ContentHash,
}

impl Store {
    /// Where a file belongs. For the policy.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn file_place(&self, id: FileId) -> Result<Option<FilePlace>, StoreError> {
        let row = file::Entity::find_by_id(id.0).one(self.db()).await?;
        Ok(row.map(|row| FilePlace {
            uploader: PersonId(row.uploader_id),
            child: row.child_id.map(PersonId),
            is_held: row.submission_id.is_some(),
            answers: row.form_key.map(FormKey).zip(row.act_key.map(ActKey)),
            element: row.element.map(ElementKey),
        }))
    }
}

fn corrupt() -> StoreError {
    StoreError::Corrupt("file")
}

fn size(bytes: u32) -> i32 {
    i32::try_from(bytes).unwrap_or(i32::MAX)
}

/// Whose file it is: the child's, or the sender's own.
fn subject(row: &file::Model) -> Uuid {
    row.child_id.unwrap_or(row.uploader_id)
}

/// What is known of a file.
pub(super) fn open(sealer: &Sealer, row: &file::Model) -> Result<FileRecord, StoreError> {
    let plain =
        sealer.open_for(subject(row), "file", "sealed", row.id, &row.sealed).map_err(|_| corrupt())?;
    let said: Said = serde_json::from_slice(&plain).map_err(|_| corrupt())?;
    let bytes = u32::try_from(row.bytes).map_err(|_| corrupt())?;
    let kind: Option<FileType> = row.kind.as_deref().map(word).transpose()?;
    let done =
        kind.map(|kind| FileRef { id: FileId(row.id), name: kind.clean_name(&said.name), kind, bytes });
    Ok(FileRecord {
        input: FileIn { child: row.child_id.map(PersonId), bytes, hash: said.hash, name: said.name },
        received: u32::try_from(row.received).map_err(|_| corrupt())?,
        done,
        refused: row.refused.as_deref().map(word).transpose()?,
    })
}

/// A word of the wire, as it is kept in a column.
fn word<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, StoreError> {
    serde_json::from_value(text.into()).map_err(|_| corrupt())
}

fn kind_word(kind: FileType) -> &'static str {
    match kind {
        FileType::Jpeg => "jpeg",
        FileType::Png => "png",
        FileType::Heic => "heic",
        FileType::Pdf => "pdf",
    }
}

/// Each part is bound to whom it belongs to and to its place, so that parts cannot change places.
fn seal_part(
    sealer: &Sealer,
    subject: Uuid,
    owner: Uuid,
    at: i32,
    bytes: &[u8],
) -> Result<Vec<u8>, StoreError> {
    sealer.seal_for(subject, "file_part", &format!("sealed-{at}"), owner, bytes)
}

fn open_part(sealer: &Sealer, owner: Uuid, at: i32, sealed: &[u8]) -> Result<Vec<u8>, StoreError> {
    let opened = sealer.open("file_part", &format!("sealed-{at}"), owner, sealed);
    opened.map(|plain| plain.to_vec()).map_err(|_| StoreError::Corrupt("file_part"))
}
