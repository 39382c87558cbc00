//! The keys of persons: one for each, kept apart from the data, so that what a key has sealed is gone when the key is.
//!
//! Keys are not kept in memory: only where each of them lies. Each use reads one place of the file, which the system holds in its cache,
//! so a key that any process has destroyed opens nothing in any other from that moment.

use super::person_file::{self, Head, Open, Wrapped};
use super::{BrokenSeal, PersonKeysError, Sealer};
use crate::ids::random;
use crate::store::StoreError;
use chacha20poly1305::XChaCha20Poly1305;
use chacha20poly1305::aead::KeyInit;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};
use uuid::Uuid;
use zeroize::Zeroizing;

/// The bytes of the id of a store of keys.
pub(in crate::store) const ID: usize = 16;

/// The keys of persons, open.
pub(in crate::store) struct PersonKeys {
    path: PathBuf,
    /// Which store of keys it is.
    id: [u8; 16],
    open: RwLock<Open>,
    /// One of this process at a time; others are kept away by a lock on the file.
    writing: Mutex<()>,
}

/// The right to change the file, in this process and among all.
struct Turn<'a> {
    file: std::sync::Arc<File>,
    _one: MutexGuard<'a, ()>,
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        let _ = self.file.unlock();
    }
}

impl PersonKeys {
    /// Makes an empty store of keys, for a database that has none. When another process was first, its file counts.
    pub(in crate::store) fn create(path: &Path) -> Result<(), PersonKeysError> {
        let io = |cause| PersonKeysError::Io { file: path.to_owned(), cause };
        let id: [u8; 16] = random().map_err(|error| io(io::Error::other(error)))?;
        // Whole before it has its name: whoever finds it can read it.
        let beside = path.with_extension(format!("persons-{}", Uuid::from_bytes(id).simple()));
        let made = person_file::create(&beside, person_file::new_head(id), &[]);
        let named = made.and_then(|()| fs::hard_link(&beside, path));
        fs::remove_file(&beside).map_err(io)?;
        match named {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
            other => other.and_then(|()| sync_folder(path)).map_err(io),
        }
    }

    /// Opens a store of keys. `known`: what the database remembers of it ([`Self::mark`]); its first [`ID`] bytes alone say which
    /// store it is, and take an older copy too.
    pub(in crate::store) fn open(path: &Path, known: Option<&[u8]>) -> Result<Self, PersonKeysError> {
        let io = |cause| PersonKeysError::Io { file: path.to_owned(), cause };
        let file = person_file::open(path)?;
        file.lock().map_err(io)?;
        let head =
            Head::read(&file).map_err(io)?.ok_or_else(|| PersonKeysError::Malformed(path.to_owned()))?;
        let open = Open::new(file, &head).map_err(io)?;
        // Before anything is noted in a file that may be the wrong one.
        if let Some(known) = known {
            known_as(head, open.made(), known, path)?;
        }
        head.settle(&open.file).map_err(io)?;
        open.file.unlock().map_err(io)?;
        Ok(Self { path: path.to_owned(), id: head.id, open: RwLock::new(open), writing: Mutex::default() })
    }

    /// What the database is to remember of this file: which it is, how often it moved, and how many keys were made. Of two marks of
    /// the same file the greater is the newer.
    pub(in crate::store) fn mark(&self) -> Result<Vec<u8>, StoreError> {
        let head = self.head().map_err(|error| self.failed(&error))?;
        Ok([head.id.as_slice(), &head.moved.to_be_bytes(), &self.made_here().to_be_bytes()].concat())
    }

    /// False when the database knows of another file, or of a newer copy of this one.
    pub(in crate::store) fn is_known_as(&self, known: &[u8]) -> Result<bool, StoreError> {
        let head = self.head().map_err(|error| self.failed(&error))?;
        // Keys that another process makes in the same file are read when they are needed.
        Ok(known_as(head, u64::MAX, known, &self.path).is_ok())
    }

    fn head(&self) -> io::Result<Head> {
        Head::read(&self.reading().file)?.ok_or_else(|| io::Error::other("no head"))
    }

    fn reading(&self) -> RwLockReadGuard<'_, Open> {
        self.open.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn changing(&self) -> RwLockWriteGuard<'_, Open> {
        self.open.write().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until nobody changes the file, and reads what others have added.
    fn turn(&self) -> io::Result<Turn<'_>> {
        let one = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        let file = self.reading().file.clone();
        file.lock()?;
        let turn = Turn { file, _one: one };
        self.changing().read_on()?;
        Ok(turn)
    }

    fn failed(&self, error: &io::Error) -> StoreError {
        tracing::error!(%error, file = %self.path.display(), "the keys of persons cannot be used");
        StoreError::Busy
    }

    fn find(&self, person: Uuid) -> io::Result<Option<Wrapped>> {
        let open = self.reading();
        let found = open.find(person)?;
        if found.is_some() || open.is_read()? {
            return Ok(found);
        }
        drop(open);
        // Somebody else has added keys. Whoever adds them has them on the disk when the turn is over.
        drop(self.turn()?);
        self.reading().find(person)
    }

    fn lacking(&self, people: &[Uuid]) -> io::Result<Vec<Uuid>> {
        let open = self.reading();
        let mut lacking = Vec::new();
        for person in people {
            if open.find(*person)?.is_none() {
                lacking.push(*person);
            }
        }
        lacking.sort_unstable();
        lacking.dedup();
        Ok(lacking)
    }

    /// Destroys the keys of these people. What they have sealed opens nowhere any more.
    pub(in crate::store) fn destroy(&self, people: &[Uuid]) -> Result<(), StoreError> {
        let work = || -> io::Result<()> {
            let _turn = self.turn()?;
            self.changing().destroy(people)
        };
        work().map_err(|error| self.failed(&error))
    }

    /// Writes the file with all keys as they are at this moment.
    pub(in crate::store) fn copy(&self, output: &mut dyn Write) -> io::Result<()> {
        let turn = self.turn()?;
        let bytes = self.reading().bytes()?;
        drop(turn);
        output.write_all(&bytes)
    }

    /// How many keys were ever made.
    pub(in crate::store) fn made(&self) -> Result<u64, StoreError> {
        let work = || -> io::Result<u64> {
            drop(self.turn()?);
            Ok(self.made_here())
        };
        work().map_err(|error| self.failed(&error))
    }

    /// How many keys were ever made, as far as this process knows.
    pub(in crate::store) fn made_here(&self) -> u64 {
        self.reading().made()
    }

    /// The id of this store of keys.
    pub(in crate::store) fn id(&self) -> [u8; 16] {
        self.id
    }

    /// True when the person has a key.
    pub(in crate::store) fn has(&self, person: Uuid) -> Result<bool, StoreError> {
        Ok(self.find(person).map_err(|error| self.failed(&error))?.is_some())
    }

    /// How many people have a key.
    pub(in crate::store) fn people(&self) -> usize {
        self.reading().people().count()
    }
}

/// What needs the key of the key file too.
impl Sealer {
    /// The same with the keys of persons, which the keys of this key file must have sealed.
    pub(in crate::store) fn with(self, keys: PersonKeys) -> Result<Self, PersonKeysError> {
        let last = keys.reading().last();
        let last = last.map_err(|cause| PersonKeysError::Io { file: keys.path.clone(), cause })?;
        if last.is_some_and(|last| self.unwrapped(&keys.id, &last).is_err()) {
            return Err(PersonKeysError::OtherKeyFile(keys.path));
        }
        Ok(self.with_persons(keys))
    }

    /// Makes keys for those of these people who have none. They are on the disk when this returns, before anything that they seal.
    pub(in crate::store) fn make_keys(&self, people: &[Uuid]) -> Result<(), StoreError> {
        let keys = self.persons()?;
        let work = || -> io::Result<()> {
            if keys.lacking(people)?.is_empty() {
                return Ok(());
            }
            let _turn = keys.turn()?;
            let lacking = keys.lacking(people)?;
            let new = lacking.into_iter().map(|person| {
                let secret = Zeroizing::new(random().map_err(io::Error::other)?);
                self.wrapped(&keys.id, person, &secret).map_err(io::Error::other)
            });
            let new = new.collect::<io::Result<Vec<_>>>()?;
            let mut open = keys.changing();
            open.add(&new)?;
            open.read_on()
        };
        work().map_err(|error| keys.failed(&error))
    }

    /// The cipher of a person. `None`: she has no key, or no more.
    pub(super) fn cipher_of(&self, person: Uuid) -> Result<Option<XChaCha20Poly1305>, StoreError> {
        let keys = self.persons()?;
        let Some(wrapped) = keys.find(person).map_err(|error| keys.failed(&error))? else { return Ok(None) };
        let broken = |_: BrokenSeal| StoreError::Corrupt("the keys of persons");
        let secret = self.unwrapped(&keys.id, &wrapped).map_err(broken)?;
        Ok(Some(XChaCha20Poly1305::new(&chacha20poly1305::Key::from(*secret))))
    }

    /// Seals every key of a person with the newest key of the key file, in a new file that takes the place of the old one at once.
    pub(in crate::store) fn wrap_anew(&self) -> Result<(), StoreError> {
        let keys = self.persons()?;
        let work = || -> io::Result<()> {
            let _turn = keys.turn()?;
            let (head, all) = (keys.head()?, keys.reading().all()?);
            if all.iter().all(|key| key.number == self.number()) {
                return Ok(());
            }
            let anew = all.iter().map(|key| {
                let secret = self.unwrapped(&keys.id, key).map_err(io::Error::other)?;
                self.wrapped(&keys.id, key.person, &secret).map_err(io::Error::other)
            });
            let anew = anew.collect::<io::Result<Vec<_>>>()?;
            let beside = keys.path.with_extension("persons-new");
            if beside.exists() {
                fs::remove_file(&beside)?;
            }
            let head = keys.reading().head_without_gaps(head, anew.len());
            person_file::create(&beside, head, &anew)?;
            fs::rename(&beside, &keys.path)?;
            sync_folder(&keys.path)?;
            let file = person_file::open(&keys.path).map_err(io::Error::other)?;
            *keys.changing() = Open::new(file, &head)?;
            Ok(())
        };
        work().map_err(|error| keys.failed(&error))
    }
}

/// Whether a file that has `made` keys is the one that the database remembers, or one that has come further.
fn known_as(head: Head, made: u64, known: &[u8], path: &Path) -> Result<(), PersonKeysError> {
    let (id, numbers) =
        known.split_first_chunk::<ID>().ok_or_else(|| PersonKeysError::WrongStore(path.to_owned()))?;
    if *id != head.id {
        return Err(PersonKeysError::WrongStore(path.to_owned()));
    }
    // A version before this one remembered no number of keys.
    let mut numbers = numbers
        .chunks_exact(8)
        .map(|part| part.iter().fold(0, |number, byte| number << 8 | u64::from(*byte)));
    if head.moved < numbers.next().unwrap_or(0) {
        return Err(PersonKeysError::OlderCopy(path.to_owned()));
    }
    if made < numbers.next().unwrap_or(0) { Err(PersonKeysError::Older(path.to_owned())) } else { Ok(()) }
}

fn sync_folder(path: &Path) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(folder)?.sync_all()
}
