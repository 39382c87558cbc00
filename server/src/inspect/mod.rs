//! What a file really is: looks into it, writes pictures anew, and says why one is not taken.
//!
//! Owns which files are safe to keep and show. Called by `usecase::files`, on a thread that may take its time. Must not know
//! whose a file is, and must never panic, whatever the bytes are. It is no virus scanner: it leaves out what a document or a
//! picture of a guardian never needs.

mod pdf;
mod picture;

use skolstart_shared::Code;
use skolstart_shared::fact::FileType;

/// What is kept of a file.
#[derive(Clone, PartialEq, Eq)]
pub struct Inspected {
    /// What it is.
    pub kind: FileType,
    /// Its bytes: of a picture those that were written here.
    pub bytes: Vec<u8>,
}

/// Looks into a file. Takes up to a second and a few hundred megabytes: call it where that may be, few at a time.
///
/// # Errors
/// Why it is not taken.
pub fn inspect(bytes: Vec<u8>) -> Result<Inspected, Code> {
    if bytes.is_empty() {
        return Err(Code::FileEmpty);
    }
    let kind = FileType::taken(&bytes, &[])?;
    let bytes = match kind {
        FileType::Pdf => pdf::check(&bytes).map(|()| bytes)?,
        FileType::Jpeg | FileType::Png => picture::write_anew(kind, &bytes)?,
        FileType::Heic => return Err(Code::FileHeic),
    };
    Ok(Inspected { kind, bytes })
}

#[cfg(test)]
mod tests;
