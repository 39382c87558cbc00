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
    /// Whoever knows the demo could sign in as anybody while this key was used.
    #[error("the key file {} was made by a demo, and this program is for real data: start with an empty data folder", .0.display())]
    Demo(PathBuf),
    /// The operating system gives no random bytes to make a key of.
    #[error("the operating system gives no random bytes to make a key of")]
    NoRandomness,
}

/// One key, with its number in what it seals.
pub(in crate::store) struct Key {
    /// Stands in each sealed value. From 1; the highest in the file is the one that seals.
    pub(in crate::store) number: u8,
    /// Tells keys apart without showing them.
    pub(in crate::store) id: [u8; 8],
    /// The key that all others are derived from.
    pub(in crate::store) secret: Zeroizing<[u8; 32]>,
}

/// What is left of a key that has been changed: enough to verify what it signed.
pub(in crate::store) struct Former {
    /// Its number.
    pub(in crate::store) number: u8,
    /// The public key of its receipts.
    pub(in crate::store) receipt: [u8; 32],
    /// The public key of its checkpoints.
    pub(in crate::store) checkpoint: [u8; 32],
}

/// The keys of an instance. A line for each: `skolstart-key v1 <id, 16 hex digits> <key, 64 hex digits>` for the first,
/// `skolstart-key v2 <number> <id> <key>` for those after it, `skolstart-former v2 <number> <receipts> <checkpoints>` for
/// the public halves of those that are gone, and `skolstart-demo` in a file that a demo has made.
pub(in crate::store) struct KeyFile {
    /// The keys that open something, newest first. Never empty.
    pub(in crate::store) keys: Vec<Key>,
    /// Those that only verify.
    pub(in crate::store) former: Vec<Former>,
    /// Made by a program in which anybody may sign in as anybody. One that is for real data does not start with it.
    pub(in crate::store) demo: bool,
}

impl fmt::Debug for KeyFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("KeyFile(…)")
    }
}

const FIRST: &str = "skolstart-key v1";
const LATER: &str = "skolstart-key v2";
const FORMER: &str = "skolstart-former v2";
const DEMO: &str = "skolstart-demo";

/// What this program makes: keys for a demo, or for real data.
const MAKES_DEMOS: bool = cfg!(feature = "demo");

pub(in crate::store) fn exists(file: &Path) -> bool {
    file.exists()
}

/// Reads the keys, and refuses a file that others can read.
pub(in crate::store) fn read(file: &Path) -> Result<KeyFile, KeyFileError> {
    let io = |cause| KeyFileError::Io { file: file.to_owned(), cause };
    let mode = fs::metadata(file).map_err(io)?.permissions().mode();
    if mode & 0o077 != 0 {
        return Err(KeyFileError::ReadableByOthers(file.to_owned()));
    }
    let text = Zeroizing::new(fs::read_to_string(file).map_err(io)?);
    let keys = parse(&text).ok_or_else(|| KeyFileError::Malformed(file.to_owned()))?;
    if keys.demo && !MAKES_DEMOS { Err(KeyFileError::Demo(file.to_owned())) } else { Ok(keys) }
}

/// A new key.
pub(in crate::store) fn new_key(number: u8) -> Result<Key, KeyFileError> {
    let none = |_| KeyFileError::NoRandomness;
    Ok(Key { number, id: random().map_err(none)?, secret: Zeroizing::new(random().map_err(none)?) })
}

/// Makes a first key and writes it, readable by the owner alone. Never overwrites a file.
pub(in crate::store) fn create(file: &Path) -> Result<KeyFile, KeyFileError> {
    let io = |cause| KeyFileError::Io { file: file.to_owned(), cause };
    if let Some(folder) = file.parent().filter(|folder| !folder.as_os_str().is_empty() && !folder.exists()) {
        DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(io)?;
    }
    let keys = KeyFile { keys: vec![new_key(1)?], former: Vec::new(), demo: MAKES_DEMOS };
    put(file, &keys).map_err(io)?;
    Ok(keys)
}

/// Takes the place of the file at once, or not at all: whoever reads it finds the one or the other, whole.
pub(in crate::store) fn replace(file: &Path, keys: &KeyFile) -> Result<(), KeyFileError> {
    let io = |cause| KeyFileError::Io { file: file.to_owned(), cause };
    let beside = file.with_extension("new");
    if beside.exists() {
        fs::remove_file(&beside).map_err(io)?;
    }
    put(&beside, keys).map_err(io)?;
    fs::rename(&beside, file).map_err(io)?;
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::File::open(folder).and_then(|folder| folder.sync_all()).map_err(io)
}

fn put(file: &Path, keys: &KeyFile) -> io::Result<()> {
    let mut target = OpenOptions::new().write(true).create_new(true).mode(0o600).open(file)?;
    target.write_all(text(keys).as_bytes()).and_then(|()| target.sync_all())
}

fn text(file: &KeyFile) -> Zeroizing<String> {
    let mut text = Zeroizing::new(String::with_capacity(512));
    for key in &file.keys {
        let secret = Zeroizing::new(hex(&*key.secret));
        let head = if key.number == 1 { FIRST.to_owned() } else { format!("{LATER} {}", key.number) };
        text.push_str(&Zeroizing::new(format!("{head} {} {}\n", hex(&key.id), &*secret)));
    }
    for key in &file.former {
        let line = format!("{FORMER} {} {} {}\n", key.number, hex(&key.receipt), hex(&key.checkpoint));
        text.push_str(&line);
    }
    if file.demo {
        text.push_str(&format!("{DEMO}\n"));
    }
    text
}

fn parse(text: &str) -> Option<KeyFile> {
    let mut file = KeyFile { keys: Vec::new(), former: Vec::new(), demo: false };
    for line in text.lines().map(str::trim_end).filter(|line| !line.is_empty()) {
        let words: Vec<&str> = line.split(' ').collect();
        match words.as_slice() {
            [name, version, id, secret] if [*name, *version].join(" ") == FIRST => {
                file.keys.push(Key { number: 1, id: unhex(id)?, secret: Zeroizing::new(unhex(secret)?) });
            }
            [name, version, number, id, secret] if [*name, *version].join(" ") == LATER => {
                let (number, secret) = (number.parse().ok()?, Zeroizing::new(unhex(secret)?));
                file.keys.push(Key { number, id: unhex(id)?, secret });
            }
            [name, version, number, receipt, checkpoint] if [*name, *version].join(" ") == FORMER => {
                let (receipt, checkpoint) = (unhex(receipt)?, unhex(checkpoint)?);
                file.former.push(Former { number: number.parse().ok()?, receipt, checkpoint });
            }
            [DEMO] => file.demo = true,
            _ => return None,
        }
    }
    file.keys.sort_by_key(|key| std::cmp::Reverse(key.number));
    (!file.keys.is_empty()).then_some(file)
}

pub(in crate::store) fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |nibble: u8| char::from(DIGITS[usize::from(nibble & 15)]);
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(*byte)]).collect()
}

pub(in crate::store) fn unhex<const N: usize>(text: &str) -> Option<[u8; N]> {
    let mut bytes = [0; N];
    if text.len() != 2 * N || !text.is_ascii() {
        return None;
    }
    for (at, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(2 * at..2 * at + 2)?, 16).ok()?;
    }
    Some(bytes)
}
