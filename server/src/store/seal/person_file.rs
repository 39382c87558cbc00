//! The file of the keys of persons: a head, and one place of the same size for each key.
//!
//! No database: a database keeps what it has overwritten in a journal, a log or a free page, and here a key that is destroyed must
//! not be left anywhere. A place is written once, and overwritten with zeros where it lies. Every place lies within one sector of the disk, so none is
//! ever half written. Must not know what a key is for, nor open one.

use super::PersonKeysError;
use std::collections::HashMap;
use std::fs::{File, OpenOptions};
use std::io;
use std::os::unix::fs::{FileExt, MetadataExt, OpenOptionsExt};
use std::path::Path;
use std::sync::Arc;
use uuid::Uuid;

/// Bytes of a place, and of the head.
const PLACE: usize = 128;
const FIRST: &[u8; 32] = b"skolstart keys of persons v1\n\0\0\0";
const NONCE: usize = 24;
const SEALED: usize = 48;

/// A person's key, sealed with the key of the key file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Wrapped {
    pub(super) person: Uuid,
    /// The number of the key that has sealed it.
    pub(super) number: u8,
    pub(super) nonce: [u8; NONCE],
    pub(super) sealed: [u8; SEALED],
}

/// What the file says of itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::store) struct Head {
    /// Which store of keys it is.
    pub(in crate::store) id: [u8; 16],
    /// How many times it was found to lie somewhere else than before. Two files that both grow would part; the database knows
    /// the highest, and only the file that has it may be used.
    pub(in crate::store) moved: u64,
    /// How many places were left out when the file was written anew.
    base: u64,
    /// Where it lies.
    at: (u64, u64),
}

/// The file, and which person has which place. Who holds the right to write (`PersonKeys`) sees to it that one writes at a time.
pub(super) struct Open {
    pub(super) file: Arc<File>,
    places: HashMap<Uuid, u32>,
    /// The places that were read.
    read: u32,
    /// How many places were left out when the file was written anew.
    base: u64,
}

impl Wrapped {
    fn bytes(&self) -> [u8; PLACE] {
        let mut bytes = [0; PLACE];
        let parts = [self.person.as_bytes().as_slice(), &[self.number], &self.nonce, &self.sealed].concat();
        bytes.iter_mut().zip(parts).for_each(|(to, from)| *to = from);
        bytes
    }

    /// `None`: nothing is there, or no more.
    fn of(bytes: &[u8]) -> Option<Self> {
        let (person, rest) = bytes.split_first_chunk::<16>()?;
        let (&[number], rest) = rest.split_first_chunk::<1>()?;
        let (nonce, rest) = rest.split_first_chunk::<NONCE>()?;
        let sealed = *rest.first_chunk::<SEALED>()?;
        (number > 0).then_some(Self { person: Uuid::from_bytes(*person), number, nonce: *nonce, sealed })
    }
}

impl Head {
    fn bytes(&self) -> [u8; PLACE] {
        let mut bytes = [0; PLACE];
        let numbers = [self.moved, self.base, self.at.0, self.at.1].map(u64::to_be_bytes).concat();
        let parts = [FIRST.as_slice(), &self.id, &numbers].concat();
        bytes.iter_mut().zip(parts).for_each(|(to, from)| *to = from);
        bytes
    }

    fn of(bytes: &[u8]) -> Option<Self> {
        let rest = bytes.strip_prefix(FIRST.as_slice())?;
        let (id, rest) = rest.split_first_chunk::<16>()?;
        let mut numbers =
            rest.chunks_exact(8).filter_map(|part| Some(u64::from_be_bytes(part.try_into().ok()?)));
        let mut next = || numbers.next();
        Some(Self { id: *id, moved: next()?, base: next()?, at: (next()?, next()?) })
    }

    pub(super) fn read(file: &File) -> io::Result<Option<Self>> {
        let mut bytes = [0; PLACE];
        match file.read_exact_at(&mut bytes, 0) {
            Ok(()) => Ok(Self::of(&bytes)),
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn write(&self, file: &File) -> io::Result<()> {
        file.write_all_at(&self.bytes(), 0)?;
        file.sync_data()
    }

    /// Notes that the file lies somewhere else than it says, if it does.
    pub(super) fn settle(mut self, file: &File) -> io::Result<Self> {
        let now = place_of(file)?;
        if self.at != now {
            (self.at, self.moved) = (now, self.moved + 1);
            self.write(file)?;
        }
        Ok(self)
    }
}

fn place_of(file: &File) -> io::Result<(u64, u64)> {
    let said = file.metadata()?;
    Ok((said.dev(), said.ino()))
}

fn offset(place: u32) -> u64 {
    (u64::from(place) + 1) * PLACE as u64
}

/// Opens a file for reading and writing, and refuses one that others can read.
pub(super) fn open(path: &Path) -> Result<File, PersonKeysError> {
    let io = |cause| PersonKeysError::Io { file: path.to_owned(), cause };
    let file = OpenOptions::new().read(true).write(true).open(path).map_err(io)?;
    if file.metadata().map_err(io)?.mode() & 0o077 != 0 {
        return Err(PersonKeysError::ReadableByOthers(path.to_owned()));
    }
    Ok(file)
}

/// Makes a file with these keys, on the disk when this returns. Never overwrites one.
pub(super) fn create(path: &Path, mut head: Head, keys: &[Wrapped]) -> io::Result<()> {
    let file = OpenOptions::new().read(true).write(true).create_new(true).mode(0o600).open(path)?;
    head.at = place_of(&file)?;
    let bytes: Vec<u8> = keys.iter().flat_map(Wrapped::bytes).collect();
    file.write_all_at(&head.bytes(), 0)?;
    file.write_all_at(&bytes, offset(0))?;
    file.sync_all()
}

/// What a new store says of itself.
pub(super) fn new_head(id: [u8; 16]) -> Head {
    Head { id, moved: 0, base: 0, at: (0, 0) }
}

impl Open {
    pub(super) fn new(file: File, head: &Head) -> io::Result<Self> {
        let mut open = Self { file: Arc::new(file), places: HashMap::new(), read: 0, base: head.base };
        open.read_on()?;
        Ok(open)
    }

    /// The key of a person. `None`: there is none, as far as the file was read.
    pub(super) fn find(&self, person: Uuid) -> io::Result<Option<Wrapped>> {
        let Some(place) = self.places.get(&person) else { return Ok(None) };
        let mut bytes = [0; PLACE];
        self.file.read_exact_at(&mut bytes, offset(*place))?;
        // Another process may have destroyed it.
        Ok(Wrapped::of(&bytes).filter(|key| key.person == person))
    }

    /// True when nothing was added to the file since it was read.
    pub(super) fn is_read(&self) -> io::Result<bool> {
        Ok(self.file.metadata()?.len() < offset(self.read + 1))
    }

    /// Reads what was added to the file.
    pub(super) fn read_on(&mut self) -> io::Result<()> {
        let length = self.file.metadata()?.len();
        let mut bytes = vec![0; usize::try_from(length.saturating_sub(offset(self.read))).unwrap_or(0)];
        self.file.read_exact_at(&mut bytes, offset(self.read))?;
        for place in bytes.chunks_exact(PLACE) {
            if let Some(key) = Wrapped::of(place) {
                self.places.insert(key.person, self.read);
            }
            self.read += 1;
        }
        Ok(())
    }

    /// Adds keys. They are on the disk when this returns.
    pub(super) fn add(&self, keys: &[Wrapped]) -> io::Result<()> {
        let bytes: Vec<u8> = keys.iter().flat_map(Wrapped::bytes).collect();
        let end = offset(self.read);
        let written = self.file.write_all_at(&bytes, end).and_then(|()| self.file.sync_data());
        if written.is_err() {
            // Nobody may take for durable what may not be.
            self.file.set_len(end)?;
        }
        written
    }

    /// Overwrites the keys of these people. They are gone from the disk when this returns.
    pub(super) fn destroy(&mut self, people: &[Uuid]) -> io::Result<()> {
        for person in people {
            if let Some(place) = self.places.get(person) {
                self.file.write_all_at(&[0; PLACE], offset(*place))?;
            }
        }
        self.file.sync_data()?;
        self.places.retain(|person, _| !people.contains(person));
        Ok(())
    }

    /// Every key, in the order in which they were made.
    pub(super) fn all(&self) -> io::Result<Vec<Wrapped>> {
        let mut places: Vec<u32> = self.places.values().copied().collect();
        places.sort_unstable();
        let bytes = self.bytes()?;
        let all = bytes.chunks_exact(PLACE).skip(1).collect::<Vec<_>>();
        let of = |place: &u32| all.get(usize::try_from(*place).ok()?).and_then(|bytes| Wrapped::of(bytes));
        Ok(places.iter().filter_map(of).collect())
    }

    /// The file as far as it was read.
    pub(super) fn bytes(&self) -> io::Result<Vec<u8>> {
        let mut bytes = vec![0; usize::try_from(offset(self.read)).unwrap_or(0)];
        self.file.read_exact_at(&mut bytes, 0)?;
        Ok(bytes)
    }

    /// How many keys were ever made, as far as the file was read: a file that has made fewer is an older one.
    pub(super) fn made(&self) -> u64 {
        self.base + u64::from(self.read)
    }

    /// The key that was made last, of those that are left.
    pub(super) fn last(&self) -> io::Result<Option<Wrapped>> {
        let last = self.places.iter().max_by_key(|(_, place)| **place);
        last.map_or(Ok(None), |(person, _)| self.find(*person))
    }

    /// The head of a file in which only these keys are left.
    pub(super) fn head_without_gaps(&self, head: Head, left: usize) -> Head {
        Head { base: self.made() - left as u64, ..head }
    }

    pub(super) fn people(&self) -> impl Iterator<Item = Uuid> {
        self.places.keys().copied()
    }
}
