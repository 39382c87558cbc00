//! How much an xlsx file holds once it is unpacked, before anything is read from it: a few kilobytes can become as much memory as
//! there is. Called by `xlsx`.

use super::SheetError;
use std::io::{self, Cursor, Read};
use zip::ZipArchive;

/// The most bytes that all parts are together: several times an inventory of 5,000 rows.
const MOST_BYTES: u64 = 24_000_000;
/// The most parts. A workbook with a page for each month has some thirty.
const MOST_PARTS: usize = 500;

/// Unpacks every part once, into nothing.
pub(super) fn check(bytes: &[u8]) -> Result<(), SheetError> {
    let broken = |_| SheetError::NotASheet;
    let mut parts = ZipArchive::new(Cursor::new(bytes)).map_err(|_| SheetError::NotASheet)?;
    if parts.len() > MOST_PARTS {
        return Err(SheetError::TooLarge);
    }
    let mut left = MOST_BYTES;
    for at in 0..parts.len() {
        let part = parts.by_index(at).map_err(|_| SheetError::NotASheet)?;
        let holds_texts = part.name_raw().to_ascii_lowercase().ends_with(b"sharedstrings.xml");
        // What the head of a part says of its length need not be so.
        let mut part = part.take(left + 1);
        let mut texts = Vec::new();
        let length = match holds_texts {
            true => part.read_to_end(&mut texts).map(|length| length as u64),
            false => io::copy(&mut part, &mut io::sink()),
        };
        left = left.checked_sub(length.map_err(broken)?).ok_or(SheetError::TooLarge)?;
        if promises_more(&texts) {
            return Err(SheetError::NotASheet);
        }
    }
    Ok(())
}

/// True when a list of texts says that it has more of them than it has bytes: room for them is made before they are read.
fn promises_more(texts: &[u8]) -> bool {
    const COUNT: &[u8] = b"uniqueCount";
    let ends = texts.windows(COUNT.len()).zip(COUNT.len()..).filter(|(part, _)| *part == COUNT);
    let mut said = ends.map(|(_, end)| {
        let rest = texts.get(end..).unwrap_or_default().iter();
        let digits =
            rest.skip_while(|byte| b" \t\r\n='\"+".contains(byte)).take_while(|byte| byte.is_ascii_digit());
        digits.fold(0_u64, |count, digit| count.saturating_mul(10).saturating_add(u64::from(digit - b'0')))
    });
    // No other encoding than UTF-8 is looked into.
    texts.contains(&0) || said.any(|count| count > texts.len() as u64)
}
