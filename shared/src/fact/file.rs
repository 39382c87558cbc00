//! A file that belongs to an answer. Owns what is known of it; the contents are the store's.

use crate::id::FileId;
use serde::{Deserialize, Serialize};

/// What a file is, found by looking at its contents and never at its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum FileType {
    /// JPEG.
    Jpeg,
    /// PNG.
    Png,
    /// HEIC, as some telephones take pictures.
    Heic,
    /// PDF.
    Pdf,
}

impl FileType {
    /// What the first bytes say. `None`: none of the kinds that are taken.
    pub fn of_content(start: &[u8]) -> Option<Self> {
        if start.starts_with(&[0xFF, 0xD8, 0xFF]) {
            Some(Self::Jpeg)
        } else if start.starts_with(b"\x89PNG\r\n\x1a\n") {
            Some(Self::Png)
        } else if start.starts_with(b"%PDF-") {
            Some(Self::Pdf)
        } else if start.get(4..8) == Some(b"ftyp")
            && [&b"heic"[..], b"heix", b"mif1", b"heim", b"heis"].contains(&start.get(8..12)?)
        {
            Some(Self::Heic)
        } else {
            None
        }
    }

    /// The media type (RFC 6838).
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Heic => "image/heic",
            Self::Pdf => "application/pdf",
        }
    }

    /// True for pictures.
    pub fn is_picture(self) -> bool {
        self != Self::Pdf
    }
}

/// A file in an answer.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FileRef {
    /// Its id.
    pub id: FileId,
    /// What it was called where it came from. Personal data: never in a log or an address.
    pub name: String,
    /// What it is.
    pub kind: FileType,
    /// How large it was when it was chosen, in bytes.
    pub bytes: u32,
}

impl std::fmt::Debug for FileRef {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("FileRef(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_says_nothing_and_the_first_bytes_do() {
        assert_eq!(FileType::of_content(&[0xFF, 0xD8, 0xFF, 0xE0]), Some(FileType::Jpeg));
        assert_eq!(FileType::of_content(b"%PDF-1.7"), Some(FileType::Pdf));
        assert_eq!(FileType::of_content(b"\0\0\0\x18ftypheic"), Some(FileType::Heic));
        assert_eq!(FileType::of_content(b"MZ\x90"), None);
        assert_eq!(FileType::of_content(b""), None);
    }
}
