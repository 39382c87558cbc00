//! Writing: everything under another name, on the disk, and then under its own at once.

use super::{ArchiveError, MANIFEST, SUMS, is_name};
use serde_json::{Map, Value as Json, json};
use sha2::{Digest, Sha256};
use skolstart_shared::submission::ContentHash;
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::fs::{self, DirBuilder, File, OpenOptions, TryLockError};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

/// In the folder that is used while writing: that it is ours, and locked while somebody writes.
const MARK: &str = "UNFINISHED";
/// The archive in that folder.
const INSIDE: &str = "archive";

/// What is known of one file that was written.
struct Entry {
    bytes: u64,
    sha256: String,
}

/// A folder that is being written. Given up before it is finished, what was written is deleted; killed, it stays under its
/// other name until the next one with this name is begun.
pub struct Folder {
    target: PathBuf,
    part: PathBuf,
    files: BTreeMap<String, Entry>,
    is_done: bool,
    /// Holds the lock.
    _mark: File,
}

/// A folder that is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// How many files, without the list of checksums.
    pub files: usize,
    /// SHA-256 of the list of checksums: one text that stands for all of it.
    pub digest: String,
}

impl Folder {
    /// Begins a folder that is going to have this name.
    ///
    /// # Errors
    /// When it is there already, somebody else writes it, or the disk does not let us.
    pub fn begin(target: &Path) -> Result<Self, ArchiveError> {
        refuse(target)?;
        let mut part = target.as_os_str().to_owned();
        part.push(OsString::from(".part"));
        let part = PathBuf::from(part);
        match DirBuilder::new().mode(0o700).create(&part) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => ours(&part)?,
            made => made.map_err(ArchiveError::at(&part))?,
        }
        let mark = part.join(MARK);
        let file = OpenOptions::new().write(true).create(true).truncate(false).mode(0o600).open(&mark);
        let file = file.map_err(ArchiveError::at(&mark))?;
        file.try_lock().map_err(|error| match error {
            TryLockError::WouldBlock => ArchiveError::Busy(part.clone()),
            TryLockError::Error(error) => ArchiveError::Io { path: mark.clone(), error },
        })?;
        let inside = part.join(INSIDE);
        match fs::remove_dir_all(&inside) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                return Err(ArchiveError::at(&inside)(error));
            }
            _ => DirBuilder::new().mode(0o700).create(&inside).map_err(ArchiveError::at(&inside))?,
        }
        Ok(Self { target: target.to_owned(), part, files: BTreeMap::new(), is_done: false, _mark: file })
    }

    /// Writes one file, which nobody else can read, and waits for the disk. Gives its checksum.
    ///
    /// # Errors
    /// For a name that an archive does not have or that was written before, or when the disk does not take it.
    pub fn put(&mut self, path: &str, bytes: &[u8]) -> Result<String, ArchiveError> {
        if !is_name(path) || self.files.contains_key(path) || path == SUMS {
            return Err(ArchiveError::Name(path.to_owned()));
        }
        let sha256 = self.write(path, bytes)?;
        let entry = Entry { bytes: bytes.len() as u64, sha256: sha256.clone() };
        self.files.insert(path.to_owned(), entry);
        Ok(sha256)
    }

    /// Adds what it is and the checksums, and gives the folder its name.
    ///
    /// # Errors
    /// When the name has been taken meanwhile, or the disk does not take it.
    pub fn finish(mut self, about: Map<String, Json>) -> Result<Written, ArchiveError> {
        let listed = self.files.iter();
        let listed: Vec<Json> = listed
            .map(|(path, entry)| json!({"path": path, "bytes": entry.bytes, "sha256": entry.sha256}))
            .collect();
        let mut manifest = about;
        manifest.insert("files".to_owned(), listed.into());
        let manifest = format!("{:#}\n", Json::Object(manifest));
        self.put(MANIFEST, manifest.as_bytes())?;
        let sums: String =
            self.files.iter().map(|(path, entry)| format!("{}  {path}\n", entry.sha256)).collect();
        let digest = self.write(SUMS, sums.as_bytes())?;
        self.sync_folders()?;
        refuse(&self.target)?;
        fs::rename(self.part.join(INSIDE), &self.target).map_err(ArchiveError::at(&self.target))?;
        let parent = self.target.parent().filter(|parent| !parent.as_os_str().is_empty());
        sync(parent.unwrap_or(Path::new(".")))?;
        self.is_done = true;
        // It is there: what is left of the writing is no fault.
        let _ = fs::remove_dir_all(&self.part);
        Ok(Written { files: self.files.len(), digest })
    }

    fn write(&self, path: &str, bytes: &[u8]) -> Result<String, ArchiveError> {
        let path = self.part.join(INSIDE).join(path);
        if let Some(folder) = path.parent() {
            let made = DirBuilder::new().recursive(true).mode(0o700).create(folder);
            made.map_err(ArchiveError::at(folder))?;
        }
        let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path);
        let written = file.and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()));
        written.map_err(ArchiveError::at(&path))?;
        Ok(ContentHash::of_digest(&Sha256::digest(bytes)).0)
    }

    fn sync_folders(&self) -> Result<(), ArchiveError> {
        let inside = self.part.join(INSIDE);
        let mut folders = BTreeSet::from([inside.clone()]);
        for path in self.files.keys() {
            let above = Path::new(path).ancestors().skip(1);
            folders.extend(above.map(|folder| inside.join(folder)));
        }
        folders.iter().try_for_each(|folder| sync(folder))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if !self.is_done {
            // Nobody is left to tell. What stays is readable by its owner alone, and goes when it is begun anew.
            let _ = fs::remove_dir_all(&self.part);
        }
    }
}

fn refuse(target: &Path) -> Result<(), ArchiveError> {
    match fs::symlink_metadata(target) {
        Ok(_) => Err(ArchiveError::Exists(target.to_owned())),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        Err(error) => Err(ArchiveError::at(target)(error)),
    }
}

/// True to its name: a folder with nothing but what we put there.
fn ours(part: &Path) -> Result<(), ArchiveError> {
    let is_folder = fs::symlink_metadata(part).is_ok_and(|found| found.is_dir());
    let found =
        if is_folder { fs::read_dir(part) } else { return Err(ArchiveError::NotOurs(part.to_owned())) };
    let names: Vec<OsString> =
        found.map_err(ArchiveError::at(part))?.flatten().map(|entry| entry.file_name()).collect();
    let known = names.iter().all(|name| name == MARK || name == INSIDE);
    match known && (names.is_empty() || names.iter().any(|name| name == MARK)) {
        true => Ok(()),
        false => Err(ArchiveError::NotOurs(part.to_owned())),
    }
}

fn sync(folder: &Path) -> Result<(), ArchiveError> {
    File::open(folder).and_then(|open| open.sync_all()).map_err(ArchiveError::at(folder))
}
