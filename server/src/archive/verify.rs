//! Verifying: each file is what the list says, none is missing, and none has come to it.

use super::{ArchiveError, MANIFEST, SUMS, is_name};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use skolstart_shared::submission::ContentHash;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

/// Something that is not as it was written.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// Other bytes.
    Altered(String),
    /// Not there.
    Missing(String),
    /// There, and in no list.
    Added(String),
    /// A line of the list of checksums that is none.
    Line(usize),
    /// The manifest and the list of checksums do not say the same.
    Manifest,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Altered(path) => write!(f, "altered: {path}"),
            Self::Missing(path) => write!(f, "missing: {path}"),
            Self::Added(path) => write!(f, "added: {path}"),
            Self::Line(number) => write!(f, "line {number} of {SUMS} cannot be read"),
            Self::Manifest => write!(f, "{MANIFEST} and {SUMS} do not list the same files"),
        }
    }
}

/// What was found.
#[derive(Clone, Debug)]
pub struct Verified {
    /// How many files the list has.
    pub files: usize,
    /// SHA-256 of the list of checksums. Noted elsewhere, it shows that the list itself is the one that was written.
    pub digest: String,
    /// What is wrong.
    pub faults: Vec<Fault>,
}

#[derive(Deserialize)]
struct Manifest {
    files: Vec<Listed>,
}

#[derive(Deserialize)]
struct Listed {
    path: String,
    sha256: String,
}

/// Reads the whole folder.
///
/// # Errors
/// When it is no archive or cannot be read. What is wrong in it is no error but a fault.
pub fn verify(folder: &Path) -> Result<Verified, ArchiveError> {
    let list = folder.join(SUMS);
    let text = fs::read(&list).map_err(|_| ArchiveError::NoArchive(folder.to_owned()))?;
    let (sums, mut faults) = read_sums(&String::from_utf8_lossy(&text));
    let mut there = BTreeSet::new();
    walk(folder, "", &mut there)?;
    there.remove(SUMS);
    for (path, sha256) in &sums {
        // A link or a folder under a name of the list is neither read nor followed.
        if there.remove(path) {
            let same = hash(&folder.join(path))? == *sha256;
            faults.extend((!same).then(|| Fault::Altered(path.clone())));
        } else {
            faults.push(Fault::Missing(path.clone()));
        }
    }
    faults.extend(there.into_iter().map(Fault::Added));
    if !is_same_as_manifest(folder, &sums) {
        faults.push(Fault::Manifest);
    }
    faults.sort();
    Ok(Verified { files: sums.len(), digest: ContentHash::of_digest(&Sha256::digest(&text)).0, faults })
}

fn read_sums(text: &str) -> (BTreeMap<String, String>, Vec<Fault>) {
    let (mut sums, mut faults) = (BTreeMap::new(), Vec::new());
    for (at, line) in text.lines().enumerate() {
        let is_hash = |hash: &str| {
            hash.len() == 64
                && hash.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
        };
        match line.split_once("  ") {
            Some((hash, path)) if is_hash(hash) && is_name(path) && !sums.contains_key(path) => {
                sums.insert(path.to_owned(), hash.to_owned());
            }
            _ => faults.push(Fault::Line(at + 1)),
        }
    }
    (sums, faults)
}

/// The files below a folder; links, folders without files and whatever else is there as well, under their names.
fn walk(folder: &Path, above: &str, found: &mut BTreeSet<String>) -> Result<(), ArchiveError> {
    let before = found.len();
    for entry in fs::read_dir(folder).map_err(ArchiveError::at(folder))? {
        let entry = entry.map_err(ArchiveError::at(folder))?;
        let path = format!("{above}{}", entry.file_name().to_string_lossy());
        let kind = entry.file_type().map_err(ArchiveError::at(folder))?;
        if kind.is_dir() {
            walk(&entry.path(), &format!("{path}/"), found)?;
        } else {
            found.insert(if kind.is_file() { path } else { format!("{path} (no file)") });
        }
    }
    if found.len() == before && !above.is_empty() {
        found.insert(above.to_owned());
    }
    Ok(())
}

fn hash(path: &Path) -> Result<String, ArchiveError> {
    let mut file = File::open(path).map_err(ArchiveError::at(path))?;
    let (mut digest, mut part) = (Sha256::new(), vec![0; 64 * 1024]);
    loop {
        match file.read(&mut part).map_err(ArchiveError::at(path))? {
            0 => return Ok(ContentHash::of_digest(&digest.finalize()).0),
            read => digest.update(part.get(..read).unwrap_or_default()),
        }
    }
}

fn is_same_as_manifest(folder: &Path, sums: &BTreeMap<String, String>) -> bool {
    let text = fs::read(folder.join(MANIFEST)).ok();
    let Some(manifest) = text.and_then(|text| serde_json::from_slice::<Manifest>(&text).ok()) else {
        return false;
    };
    let same = |file: &Listed| sums.get(&file.path) == Some(&file.sha256);
    manifest.files.len() + 1 == sums.len() && manifest.files.iter().all(same)
}
