//! A file that belongs to an answer. Owns what is known of it; the contents are the store's.

use crate::id::FileId;
use crate::violation::{Code, Violation};
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

/// The longest name that is kept, in characters.
const LONGEST_NAME: usize = 80;

impl FileType {
    /// What the service takes. HEIC is known only to be told apart: `docs/architecture.md` says why.
    pub const TAKEN: [Self; 3] = [Self::Jpeg, Self::Png, Self::Pdf];

    /// What a file is worth that begins like this: its kind, or why it is not taken.
    ///
    /// # Errors
    /// [`Code::WrongFileKind`] or [`Code::FileHeic`].
    pub fn taken(start: &[u8], types: &[Self]) -> Result<Self, Code> {
        match Self::of_content(start) {
            Some(Self::Heic) => Err(Code::FileHeic),
            Some(kind) if types.is_empty() || types.contains(&kind) => Ok(kind),
            _ => Err(Code::WrongFileKind),
        }
    }

    /// How names of such files end.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Jpeg => ".jpg",
            Self::Png => ".png",
            Self::Heic => ".heic",
            Self::Pdf => ".pdf",
        }
    }

    /// A name as it may be shown: no folders, nothing invisible or turning the direction of the text, not long, and with the
    /// ending of what the file is.
    pub fn clean_name(self, name: &str) -> String {
        let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
        let stem = match name.rsplit_once('.') {
            Some((stem, ending)) if ending.len() <= 5 => stem,
            _ => name,
        };
        let is_shown = |c: &char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '.' | ',' | '(' | ')');
        let kept: String = stem.chars().filter(is_shown).take(LONGEST_NAME).collect();
        let kept = kept.trim_matches([' ', '.']);
        [if kept.is_empty() { "fil" } else { kept }, self.ending()].concat()
    }

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

impl FileRef {
    /// What is wrong with it for a field that takes files of this size and these kinds.
    pub fn check(&self, megabytes: u8, types: &[FileType]) -> Vec<Violation> {
        let mut found = Vec::new();
        if !types.is_empty() && !types.contains(&self.kind) {
            found.push(Violation::new("", Code::WrongFileKind));
        }
        if self.bytes > u32::from(megabytes) * 1_000_000 {
            found.push(Violation::new("", Code::FileTooLarge).with("max", megabytes));
        }
        found
    }
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

    #[test]
    fn what_is_not_taken_says_why() {
        assert_eq!(FileType::taken(b"%PDF-1.7", &[]), Ok(FileType::Pdf));
        assert_eq!(FileType::taken(b"%PDF-1.7", &[FileType::Png]), Err(Code::WrongFileKind));
        assert_eq!(FileType::taken(b"\0\0\0\x18ftypheic", &[]), Err(Code::FileHeic));
        assert_eq!(FileType::taken(b"MZ\x90", &[]), Err(Code::WrongFileKind));
    }

    /// A browser on a Mac turns HEIC into the first of these that it can make, and one on an iPhone into JPEG, as long as HEIC is
    /// not named: see `docs/architecture.md`.
    #[test]
    fn jpeg_is_named_first_and_heic_never() {
        assert_eq!(FileType::TAKEN.first(), Some(&FileType::Jpeg));
        assert!(!FileType::TAKEN.contains(&FileType::Heic));
    }

    #[test]
    fn names_are_cleaned_before_anybody_sees_them() {
        let clean = |name| FileType::Jpeg.clean_name(name);
        assert_eq!(clean("Läkarintyg (1).JPEG"), "Läkarintyg (1).jpg");
        assert_eq!(clean("C:\\temp\\..\\bild.exe"), "bild.jpg");
        assert_eq!(clean("../../etc/passwd"), "passwd.jpg");
        assert_eq!(clean("a\u{202E}gpj.exe\0\n<b>\"'&"), "agpj.exeb.jpg");
        assert_eq!(clean("..."), "fil.jpg");
        assert_eq!(clean(""), "fil.jpg");
        assert_eq!(clean(&"å".repeat(500)).chars().count(), LONGEST_NAME + 4);
    }

    #[test]
    fn a_field_says_how_large_and_of_what_kind() {
        let id = FileId(uuid::Uuid::nil());
        let file = FileRef { id, name: "x.png".to_owned(), kind: FileType::Png, bytes: 2_000_001 };
        assert_eq!(file.check(3, &[]), []);
        let said: Vec<Code> = file.check(2, &[FileType::Pdf]).into_iter().map(|one| one.code).collect();
        assert_eq!(said, [Code::WrongFileKind, Code::FileTooLarge]);
    }
}
