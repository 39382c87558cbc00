//! A child, or all children of a round, as a folder for the municipality's archive.
//!
//! Each child has a folder of its own with a document for programs, the same as a page for people, and the files that were sent.
//! It is in Swedish. Called by `skolstart archive`. Must not decide what is in it: `store::archive` does; nor how it is written: `archive` does.

mod answers;
mod document;
mod html;
mod index;
mod names;
mod said;
mod words;

use super::ReadError;
use crate::archive::{ArchiveError, Folder, Written};
use crate::store::{ArchiveOf, ArchivedChild, Archiving, Store, StoreError};
use document::Desk;
use index::Line;
use serde_json::{Map, Value as Json, json};
use skolstart_shared::id::RoundId;
use skolstart_shared::{Locale, PersonalNumber};
use std::path::Path;

/// Why nothing was archived.
#[derive(Debug, thiserror::Error)]
pub enum ArchivingError {
    /// Nobody has this number, or there is no such round.
    #[error("nobody has this number, or there is no such round")]
    NotFound,
    /// It could not be read, or not noted.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// It could not be written.
    #[error(transparent)]
    Files(#[from] ArchiveError),
}

impl From<ReadError> for ArchivingError {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::NotFound => Self::NotFound,
            ReadError::Store(error) => Self::Store(error),
        }
    }
}

/// What was archived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Archived {
    /// How many children.
    pub children: usize,
    /// How many of them, or of those close to them, are protected.
    pub protected: usize,
    /// The folder.
    pub written: Written,
}

/// Archives the child with this number, with everything.
///
/// # Errors
/// See [`ArchivingError`]; then there is no folder of this name.
pub async fn archive_child(
    store: &Store,
    number: &PersonalNumber,
    folder: &Path,
) -> Result<Archived, ArchivingError> {
    let child = store.person_of_number(number).await?.ok_or(ArchivingError::NotFound)?;
    archive(store, ArchiveOf::Child(child), folder).await
}

/// Archives the children of a round, with what was answered in it. They are read one after the other.
///
/// # Errors
/// As [`archive_child`].
pub async fn archive_round(store: &Store, round: RoundId, folder: &Path) -> Result<Archived, ArchivingError> {
    archive(store, ArchiveOf::Round(round), folder).await
}

async fn archive(store: &Store, of: ArchiveOf, to: &Path) -> Result<Archived, ArchivingError> {
    let mut reading = store.archiving(of).await?.ok_or(ArchivingError::NotFound)?;
    let children = reading.children().await?;
    let mut folder = Folder::begin(to)?;
    // First: what is not noted is not read.
    store.note_archive(of, &children).await?;
    let mut desk = Desk::new(store, &reading, of).await?;
    let mut lines = Vec::with_capacity(children.len());
    for child in children {
        let child = reading.child(child).await?;
        desk.learn_forms(&reading, &child).await?;
        lines.push(put_child(&reading, &desk, &child, &mut folder).await?);
    }
    for (form, published) in desk.forms() {
        folder.put(&document::form_path(form), published.definition.as_bytes())?;
    }
    folder.put("index.html", index::page(&desk, &lines).as_bytes())?;
    let protected = lines.iter().filter(|line| line.protected).count();
    let about = manifest(&desk, &lines, protected);
    let written = folder.finish(about)?;
    Ok(Archived { children: lines.len(), protected, written })
}

/// Those who are protected, or close to somebody who is, lie apart.
fn place(child: &ArchivedChild, protected: bool) -> String {
    format!("{}/{}", if protected { "protected" } else { "children" }, child.id)
}

async fn put_child(
    reading: &Archiving,
    desk: &Desk,
    child: &ArchivedChild,
    folder: &mut Folder,
) -> Result<Line, ArchivingError> {
    let protected = child.people.iter().any(|person| person.is_protected());
    let place = place(child, protected);
    let mut files = Vec::new();
    for file in &child.files {
        // One at a time: they are what is large.
        let Some(bytes) = reading.bytes(file).await? else { continue };
        let path = format!("files/{}{}", file.id, file.kind.ending());
        let sha256 = folder.put(&format!("{place}/{path}"), &bytes)?;
        files.push(document::file(file, &path, &sha256));
    }
    let count = files.len();
    let document = desk.document(child, protected, files);
    folder.put(&format!("{place}/child.json"), format!("{document:#}\n").as_bytes())?;
    folder.put(&format!("{place}/child.html"), html::page(&document).as_bytes())?;
    let name = child.people.iter().find(|person| person.id == child.id).map(|person| person.name.clone());
    Ok(Line { id: child.id, name, place, protected, submissions: child.submissions.len(), files: count })
}

/// Names nobody: it lies beside those who are protected.
fn manifest(desk: &Desk, lines: &[Line], protected: usize) -> Map<String, Json> {
    let children: Vec<Json> = lines
        .iter()
        .map(|line| {
            json!({
                "id": line.id, "folder": line.place, "protected": line.protected,
                "submissions": line.submissions, "files": line.files,
            })
        })
        .collect();
    let about = json!({
        "format": "skolstart-archive 1",
        "program": concat!("skolstart ", env!("CARGO_PKG_VERSION")),
        "municipality": desk.municipality(),
        "made-at": desk.made_at(),
        "of": desk.of(),
        "protected": protected,
        "children": children,
    });
    match about {
        Json::Object(about) => about,
        _ => Map::new(),
    }
}

/// The rounds there are, as the command lists them: id, days and title.
pub fn rounds(store: &Store) -> Vec<String> {
    let published = store.published();
    let line = |round: &std::sync::Arc<skolstart_shared::round::Round>| {
        let title = round.title.get(Locale::Sv);
        format!("{}  {} – {}  {title}", round.id, round.opens, round.closes)
    };
    published.rounds().iter().map(line).collect()
}
