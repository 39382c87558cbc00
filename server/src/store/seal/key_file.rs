use crate::ids::random;
use std::fmt;
use std::fs::{self, DirBuilder, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// Why the key cannot be used. Says which file and what to do, never what is in it.
#[derive(Debug, thiserror::Error)]
pub enum KeyFileError {
    /// The database has data, and the key that can read it is not there.
    #[error("the key file {} is missing, and the database has data that only that key can read: restore it from your backup of keys", .0.display())]
    Missing(PathBuf),
    /// Others on the machine can read the key.
    #[error("the key file {} can be read by others: run chmod 600 on it, and consider whether it has been copied", .0.display())]
    ReadableByOthers(PathBuf),
    /// The file is not a key file.
    #[error("{} is not a key file of Skolstart", .0.display())]
    Malformed(PathBuf),
    /// The key belongs to another database.
    #[error("the key file {} holds another key than the one this database was sealed with", .0.display())]
    WrongKey(PathBuf),
    /// The file could not be read or written.
    #[error("cannot use the key file {}: {cause}", file.display())]
    Io {
        /// The file.
        file: PathBuf,
        /// What the operating system said.
        cause: io::Error,
    },
    /// The operating system gives no random bytes to make a key of.
    #[error("the operating system gives no random bytes to make a key of")]
    NoRandomness,
}

/// A key and its name. One line: `skolstart-key v1 <id, 16 hex digits> <key, 64 hex digits>`.
pub(in crate::store) struct KeyFile {
    /// Tells keys apart without showing them.
    pub(in crate::store) id: [u8; 8],
    /// The key that all others are derived from.
    pub(in crate::store) secret: Zeroizing<[u8; 32]>,
}

impl fmt::Debug for KeyFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("KeyFile(…)")
    }
}

const HEAD: &str = "skolstart-key v1";

pub(in crate::store) fn exists(file: &Path) -> bool {
    file.exists()
}

/// Reads the key, and refuses a file that others can read.
pub(in crate::store) fn read(file: &Path) -> Result<KeyFile, KeyFileError> {
    let io = |cause| KeyFileError::Io { file: file.to_owned(), cause };
    let mode = fs::metadata(file).map_err(io)?.permissions().mode();
    if mode & 0o077 != 0 {
        return Err(KeyFileError::ReadableByOthers(file.to_owned()));
    }
    let text = Zeroizing::new(fs::read_to_string(file).map_err(io)?);
    parse(&text).ok_or_else(|| KeyFileError::Malformed(file.to_owned()))
}

/// Makes a new key and writes it, readable by the owner alone. Never overwrites a file.
pub(in crate::store) fn create(file: &Path) -> Result<KeyFile, KeyFileError> {
    let io = |cause| KeyFileError::Io { file: file.to_owned(), cause };
    if let Some(folder) = file.parent().filter(|folder| !folder.as_os_str().is_empty() && !folder.exists()) {
        DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(io)?;
    }
    let none = |_| KeyFileError::NoRandomness;
    let key = KeyFile { id: random().map_err(none)?, secret: Zeroizing::new(random().map_err(none)?) };
    let line = Zeroizing::new(format!("{HEAD} {} {}\n", hex(&key.id), &*Zeroizing::new(hex(&*key.secret))));
    let mut target = OpenOptions::new().write(true).create_new(true).mode(0o600).open(file).map_err(io)?;
    target.write_all(line.as_bytes()).and_then(|()| target.sync_all()).map_err(io)?;
    Ok(key)
}

fn parse(text: &str) -> Option<KeyFile> {
    let rest = text.trim_end().strip_prefix(HEAD)?.strip_prefix(' ')?;
    let (id, secret) = rest.split_once(' ')?;
    Some(KeyFile { id: unhex(id)?, secret: Zeroizing::new(unhex(secret)?) })
}

pub(super) fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |nibble: u8| char::from(DIGITS[usize::from(nibble & 15)]);
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(*byte)]).collect()
}

pub(super) fn unhex<const N: usize>(text: &str) -> Option<[u8; N]> {
    let mut bytes = [0; N];
    if text.len() != 2 * N || !text.is_ascii() {
        return None;
    }
    for (at, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(2 * at..2 * at + 2)?, 16).ok()?;
    }
    Some(bytes)
}
