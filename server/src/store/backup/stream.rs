//! The bytes of a back-up: a line that says what it is, its contents as JSON, the rows table by table, and a mark at the end.
//! Called by `take` and `put_back`. Must not know a database.

use super::{BackupError, Contents};
use std::io::{ErrorKind, Read, Write};
use uuid::Uuid;

const FIRST: &[u8] = b"skolstart-backup v1\n";
const LAST: &[u8] = b"skolstart-backup end\n";
/// The longest value: a sealed part of a file, and room.
const MOST: u32 = 64 << 20;

/// One value of one row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Cell {
    Nothing,
    Uuid(Uuid),
    Number(i64),
    Flag(bool),
    Text(String),
    Bytes(Vec<u8>),
}

impl Cell {
    /// About how many bytes it takes.
    pub(super) fn size(&self) -> usize {
        match self {
            Self::Text(text) => text.len(),
            Self::Bytes(bytes) => bytes.len(),
            _ => 16,
        }
    }
}

pub(super) fn begin(output: &mut dyn Write, contents: &Contents) -> Result<(), BackupError> {
    output.write_all(FIRST)?;
    let json = serde_json::to_vec(contents).map_err(|_| BackupError::NotOurs)?;
    long(output, &json)
}

pub(super) fn end(output: &mut dyn Write) -> Result<(), BackupError> {
    Ok(output.write_all(LAST)?)
}

fn long(output: &mut dyn Write, bytes: &[u8]) -> Result<(), BackupError> {
    let length = u32::try_from(bytes.len()).ok().filter(|length| *length <= MOST);
    output.write_all(&length.ok_or(BackupError::NotOurs)?.to_be_bytes())?;
    Ok(output.write_all(bytes)?)
}

pub(super) fn put(output: &mut dyn Write, cell: &Cell) -> Result<(), BackupError> {
    match cell {
        Cell::Nothing => output.write_all(&[0])?,
        Cell::Uuid(id) => {
            output.write_all(&[1])?;
            output.write_all(id.as_bytes())?;
        }
        Cell::Number(number) => {
            output.write_all(&[2])?;
            output.write_all(&number.to_be_bytes())?;
        }
        Cell::Flag(flag) => output.write_all(&[3, u8::from(*flag)])?,
        Cell::Text(text) => {
            output.write_all(&[4])?;
            long(output, text.as_bytes())?;
        }
        Cell::Bytes(bytes) => {
            output.write_all(&[5])?;
            long(output, bytes)?;
        }
    }
    Ok(())
}

fn fixed<const N: usize>(input: &mut dyn Read) -> Result<[u8; N], BackupError> {
    let mut bytes = [0; N];
    input.read_exact(&mut bytes).map_err(|error| match error.kind() {
        ErrorKind::UnexpectedEof => BackupError::NotOurs,
        _ => error.into(),
    })?;
    Ok(bytes)
}

fn length(input: &mut dyn Read) -> Result<Vec<u8>, BackupError> {
    let length = u32::from_be_bytes(fixed(input)?);
    if length > MOST {
        return Err(BackupError::NotOurs);
    }
    let mut bytes = Vec::new();
    input.take(length.into()).read_to_end(&mut bytes)?;
    if bytes.len() == length as usize { Ok(bytes) } else { Err(BackupError::NotOurs) }
}

pub(super) fn contents(input: &mut dyn Read) -> Result<Contents, BackupError> {
    if fixed::<{ FIRST.len() }>(input)? != FIRST {
        return Err(BackupError::NotOurs);
    }
    serde_json::from_slice(&length(input)?).map_err(|_| BackupError::NotOurs)
}

pub(super) fn get(input: &mut dyn Read) -> Result<Cell, BackupError> {
    Ok(match fixed::<1>(input)? {
        [0] => Cell::Nothing,
        [1] => Cell::Uuid(Uuid::from_bytes(fixed(input)?)),
        [2] => Cell::Number(i64::from_be_bytes(fixed(input)?)),
        [3] => Cell::Flag(fixed::<1>(input)? == [1]),
        [4] => Cell::Text(String::from_utf8(length(input)?).map_err(|_| BackupError::NotOurs)?),
        [5] => Cell::Bytes(length(input)?),
        _ => return Err(BackupError::NotOurs),
    })
}

/// Reads the mark, and that nothing comes after it.
pub(super) fn ended(input: &mut dyn Read) -> Result<(), BackupError> {
    let whole = fixed::<{ LAST.len() }>(input)? == LAST && input.read(&mut [0])? == 0;
    if whole { Ok(()) } else { Err(BackupError::NotOurs) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_and_nothing_less() {
        let contents =
            Contents { migrations: vec!["m1".to_owned()], tables: Vec::new(), ends: Vec::new(), keys: None };
        let cells = [
            Cell::Nothing,
            Cell::Uuid(Uuid::from_u128(7)),
            Cell::Number(-3),
            Cell::Flag(true),
            Cell::Text("Åsa".to_owned()),
            Cell::Bytes(vec![0, 255]),
        ];
        let mut written = Vec::new();
        begin(&mut written, &contents).unwrap();
        cells.iter().for_each(|cell| put(&mut written, cell).unwrap());
        end(&mut written).unwrap();
        let read = |mut input: &[u8]| -> Result<(), BackupError> {
            assert_eq!(super::contents(&mut input)?, contents);
            for cell in &cells {
                assert_eq!(get(&mut input)?, *cell);
            }
            ended(&mut input)
        };
        read(&written).unwrap();
        for cut in 0..written.len() {
            assert!(read(&written[..cut]).is_err(), "cut at {cut}");
        }
        assert!(read(&[written.as_slice(), b"x"].concat()).is_err());
    }
}
