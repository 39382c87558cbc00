//! Streams the elements of one file, which is a list page `{"data": […], "pageToken": …}` or a plain array.
//!
//! Called by `folder`. Memory is bounded by one record, and a record by [`MAX_RECORD_BYTES`].

use serde::de::{DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use std::cell::Cell;
use std::fmt;
use std::io::{self, BufRead, BufReader, Read};
use std::ops::ControlFlow;

/// The longest record that is read, in bytes. A person with every field filled takes about 4 kB.
pub const MAX_RECORD_BYTES: u64 = 1 << 20;

/// Why a whole file cannot be used. Positions count from 1; no text of the file is quoted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FileFault {
    /// The operating system could not read the file.
    #[error("cannot be read ({0})")]
    Unreadable(io::ErrorKind),
    /// The text is not JSON.
    #[error("is not JSON: line {line}, column {column}")]
    NotJson {
        /// The line where reading stopped.
        line: usize,
        /// The column where reading stopped.
        column: usize,
    },
    /// The file ends in the middle of a value.
    #[error("ends too early: line {line}, column {column}")]
    Truncated {
        /// The line where reading stopped.
        line: usize,
        /// The column where reading stopped.
        column: usize,
    },
    /// The file is JSON but neither an array nor an object with one array named `data`.
    #[error("is neither an array nor a list page with an array named data")]
    NotAList,
    /// A single record is longer than [`MAX_RECORD_BYTES`].
    #[error("holds a record longer than {MAX_RECORD_BYTES} bytes")]
    RecordTooLong,
}

/// Calls `on_element` for each element with its position, until it breaks.
///
/// # Errors
/// When the file as a whole cannot be used. Elements before the fault have been handed over by then.
pub(super) fn each_element(
    source: impl Read,
    mut on_element: impl FnMut(u64, &RawValue) -> ControlFlow<()>,
) -> Result<(), FileFault> {
    let meter =
        Meter { left: Cell::new(MAX_RECORD_BYTES), spent: Cell::new(false), stopped: Cell::new(false) };
    let metered = Metered { inner: without_mark(source)?, meter: &meter };
    let mut json = serde_json::Deserializer::from_reader(metered);
    let list = List { meter: &meter, on_element: &mut on_element };
    let read = list.deserialize(&mut json).and_then(|()| json.end());
    match read {
        _ if meter.stopped.get() => Ok(()),
        Ok(()) => Ok(()),
        Err(_) if meter.spent.get() => Err(FileFault::RecordTooLong),
        Err(error) => Err(fault(&error)),
    }
}

fn fault(error: &serde_json::Error) -> FileFault {
    let (line, column) = (error.line(), error.column());
    match error.classify() {
        serde_json::error::Category::Io => {
            FileFault::Unreadable(error.io_error_kind().unwrap_or(io::ErrorKind::Other))
        }
        serde_json::error::Category::Syntax => FileFault::NotJson { line, column },
        serde_json::error::Category::Eof => FileFault::Truncated { line, column },
        serde_json::error::Category::Data => FileFault::NotAList,
    }
}

/// Skips a byte order mark, which Windows programs like to write.
fn without_mark(source: impl Read) -> Result<impl BufRead, FileFault> {
    let mut reader = BufReader::with_capacity(64 * 1024, source);
    let mut start = Vec::with_capacity(3);
    let unreadable = |error: io::Error| FileFault::Unreadable(error.kind());
    reader.by_ref().take(3).read_to_end(&mut start).map_err(unreadable)?;
    if start == [0xEF, 0xBB, 0xBF] {
        start.clear();
    }
    Ok(io::Cursor::new(start).chain(reader))
}

/// How much may still be read before the next record begins, and why reading ended.
struct Meter {
    left: Cell<u64>,
    spent: Cell<bool>,
    stopped: Cell<bool>,
}

struct Metered<'a, R> {
    inner: R,
    meter: &'a Meter,
}

impl<R: Read> Read for Metered<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let left = self.meter.left.get();
        if left == 0 {
            self.meter.spent.set(true);
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        let room = usize::try_from(left).map_or(buffer.len(), |left| left.min(buffer.len()));
        let read = self.inner.read(&mut buffer[..room])?;
        self.meter.left.set(left - read as u64);
        Ok(read)
    }
}

/// The file, or the array in it.
struct List<'a, F> {
    meter: &'a Meter,
    on_element: &'a mut F,
}

impl<'de, F: FnMut(u64, &RawValue) -> ControlFlow<()>> DeserializeSeed<'de> for List<'_, F> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_any(self)
    }
}

impl<'de, F: FnMut(u64, &RawValue) -> ControlFlow<()>> Visitor<'de> for List<'_, F> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<(), A::Error> {
        let mut index = 0;
        while let Some(raw) = elements.next_element::<Box<RawValue>>()? {
            self.meter.left.set(MAX_RECORD_BYTES);
            if (self.on_element)(index, &raw).is_break() {
                self.meter.stopped.set(true);
                return Err(A::Error::custom("stopped"));
            }
            index += 1;
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<(), A::Error> {
        let mut found = false;
        while let Some(name) = fields.next_key::<String>()? {
            if name != "data" {
                fields.next_value::<IgnoredAny>()?;
            } else if std::mem::replace(&mut found, true) {
                return Err(A::Error::custom("data twice"));
            } else {
                fields
                    .next_value_seed(Array(List { meter: self.meter, on_element: &mut *self.on_element }))?;
            }
        }
        if found { Ok(()) } else { Err(A::Error::custom("no data")) }
    }
}

/// Only an array: a page inside a page is not a page.
struct Array<'a, F>(List<'a, F>);

impl<'de, F: FnMut(u64, &RawValue) -> ControlFlow<()>> DeserializeSeed<'de> for Array<'_, F> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_seq(self)
    }
}

impl<'de, F: FnMut(u64, &RawValue) -> ControlFlow<()>> Visitor<'de> for Array<'_, F> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, elements: A) -> Result<(), A::Error> {
        self.0.visit_seq(elements)
    }
}
