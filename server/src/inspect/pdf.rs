//! Documents: whole, not locked, and without anything that acts by itself (ISO 32000-2, 12.6, 7.11.4 and 7.6).
//!
//! Names are looked for in the whole file, also where a reader would see only data, because readers disagree about where that
//! is; and in object streams, which pack names where a search would not find them.

use flate2::read::ZlibDecoder;
use skolstart_shared::Code;
use std::io::Read;

/// The most that packed objects may come to, all together.
const MOST_UNPACKED: u64 = 32 * 1024 * 1024;
/// Where the end of a document must be.
const TAIL: usize = 2_048;

/// Names of what acts, asks for a program, holds files or sends. Shorter ones come up in packed pictures by chance.
const ACTIVE: [&[u8]; 12] = [
    b"JavaScript",
    b"Launch",
    b"EmbeddedFile",
    b"EmbeddedFiles",
    b"FileAttachment",
    b"RichMedia",
    b"Rendition",
    b"XFA",
    b"SubmitForm",
    b"ImportData",
    b"GoToE",
    b"GoToR",
];

/// Whether a document is taken.
pub(super) fn check(bytes: &[u8]) -> Result<(), Code> {
    if !is_whole(bytes) {
        return Err(Code::FileBroken);
    }
    let mut seen = Seen::default();
    seen.look(bytes);
    let mut left = MOST_UNPACKED;
    for stream in object_streams(bytes) {
        seen.look(&unpack(stream?, &mut left)?);
    }
    match seen {
        Seen { locked: true, .. } => Err(Code::FileLocked),
        Seen { active: true, .. } => Err(Code::FileActive),
        Seen { pages: false, .. } => Err(Code::FileBroken),
        _ => Ok(()),
    }
}

/// The beginning, the end, and the table that the end points to.
fn is_whole(bytes: &[u8]) -> bool {
    let version = bytes.get(5..8);
    let tail = &bytes[bytes.len().saturating_sub(TAIL)..];
    let (Some(version), Some(end), Some(start)) = (version, last(tail, b"%%EOF"), last(tail, b"startxref"))
    else {
        return false;
    };
    let digits: Vec<u8> = tail[start + 9..]
        .iter()
        .skip_while(|byte| byte.is_ascii_whitespace())
        .take_while(|byte| byte.is_ascii_digit())
        .take(10)
        .copied()
        .collect();
    let at = std::str::from_utf8(&digits).ok().and_then(|digits| digits.parse::<usize>().ok());
    let table = at.and_then(|at| bytes.get(at..)).unwrap_or_default();
    let mut table = table.iter().skip_while(|byte| byte.is_ascii_whitespace());
    let is_table = table.next().is_some_and(|byte| *byte == b'x' || byte.is_ascii_digit());
    matches!(version, [b'1' | b'2', b'.', _]) && start < end && is_table
}

fn last(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).rposition(|window| window == what)
}

/// Which names were met.
#[derive(Default)]
struct Seen {
    locked: bool,
    active: bool,
    pages: bool,
}

impl Seen {
    fn look(&mut self, bytes: &[u8]) {
        for name in names(bytes) {
            self.locked |= name == b"Encrypt";
            self.pages |= name == b"Pages" || name == b"Page";
            self.active |= ACTIVE.contains(&name.as_slice());
        }
    }
}

/// The longest name that is looked for; a longer one is another.
const LONGEST: usize = 32;

/// Every name in the bytes, with `#xx` read (7.3.5).
fn names(bytes: &[u8]) -> impl Iterator<Item = Vec<u8>> + '_ {
    let starts = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'/').map(|(at, _)| at + 1);
    starts.map(|start| {
        let mut name = Vec::new();
        let mut rest = bytes[start..].iter().copied();
        while let Some(byte) = rest.next().filter(|byte| is_regular(*byte)) {
            if name.len() == LONGEST {
                break;
            }
            name.push(match byte {
                b'#' => escaped(&mut rest).unwrap_or(b'#'),
                byte => byte,
            });
        }
        name
    })
}

fn escaped(rest: &mut (impl Iterator<Item = u8> + Clone)) -> Option<u8> {
    let mut ahead = rest.clone();
    let digit = |byte: u8| char::from(byte).to_digit(16);
    let (high, low) = (digit(ahead.next()?)?, digit(ahead.next()?)?);
    *rest = ahead;
    u8::try_from(high * 16 + low).ok()
}

fn is_regular(byte: u8) -> bool {
    !matches!(byte, 0 | b'\t' | b'\n' | 0x0C | b'\r' | b' ')
        && !matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

/// A packed stream of objects.
struct Packed<'a> {
    data: &'a [u8],
    is_plain: bool,
}

/// The streams that hold objects, as far as they can be unpacked here. Their dictionaries say where the first object begins;
/// readers do not ask what type they say they are.
fn object_streams(bytes: &[u8]) -> impl Iterator<Item = Result<Packed<'_>, Code>> {
    const WORD: &[u8] = b"stream";
    let mut from = 0;
    std::iter::from_fn(move || {
        while let Some(at) = bytes[from..].windows(WORD.len()).position(|window| window == WORD) {
            let at = from + at;
            let before = &bytes[from..at];
            from = at + WORD.len();
            if before.ends_with(b"end") {
                continue;
            }
            let dictionary = &before[last(before, b"obj").unwrap_or(0)..];
            let named: Vec<Vec<u8>> = names(dictionary).collect();
            let says = |name: &[u8]| named.iter().any(|one| one == name);
            if says(b"First") || says(b"ObjStm") {
                let filters = named.iter().filter(|name| name.ends_with(b"Decode")).count();
                let is_plain = filters == 0 && !says(b"Filter");
                let is_known = !says(b"Predictor") && (is_plain || (filters == 1 && says(b"FlateDecode")));
                let data = bytes[from..].trim_ascii_start();
                return Some(if is_known { Ok(Packed { data, is_plain }) } else { Err(Code::FileBroken) });
            }
        }
        None
    })
}

fn unpack(stream: Packed<'_>, left: &mut u64) -> Result<Vec<u8>, Code> {
    if stream.is_plain {
        // Has been looked through as a part of the file.
        return Ok(Vec::new());
    }
    let mut unpacked = Vec::new();
    let mut reader = ZlibDecoder::new(stream.data).take(*left + 1);
    let read = reader.read_to_end(&mut unpacked);
    let size = unpacked.len() as u64;
    if size > *left {
        return Err(Code::FileTooManyPoints);
    }
    *left -= size;
    if read.is_err() && unpacked.is_empty() {
        return Err(Code::FileBroken);
    }
    Ok(unpacked)
}
