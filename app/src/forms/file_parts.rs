//! The files of a field, as parts: the id of each, and what is known of it. Ids are made in the order of choosing, so that they
//! stand in it.

use super::input::{Parts, Reading};
use skolstart_shared::fact::{FileRef, FileType, Value};
use skolstart_shared::id::FileId;
use skolstart_shared::submission::ContentHash;
use skolstart_shared::violation::Code;

/// A file in a field.
#[derive(Clone, PartialEq, Eq)]
pub struct FileEntry {
    /// Its id.
    pub id: FileId,
    /// What it is. `None`: it cannot be sent as it is, because it was refused or its bytes are not here any more.
    pub kind: Option<FileType>,
    /// True once the school has all of it.
    pub sent: bool,
    /// How large it is, in bytes.
    pub bytes: u32,
    /// SHA-256 of its bytes; empty when it came from the school.
    pub hash: ContentHash,
    /// What it is called.
    pub name: String,
}

/// The types by the words that stand in a draft.
const WORDS: [(&str, FileType); 4] =
    [("jpeg", FileType::Jpeg), ("png", FileType::Png), ("heic", FileType::Heic), ("pdf", FileType::Pdf)];

/// Before the word, while the school does not have all of it.
const ON_ITS_WAY: &str = "+";

impl FileEntry {
    /// A file that the school has.
    pub fn done(file: FileRef) -> Self {
        let FileRef { id, name, kind, bytes } = file;
        Self { id, kind: Some(kind), sent: true, bytes, hash: ContentHash(String::new()), name }
    }

    /// As a part: its name, and its text.
    pub fn write(&self, parts: &mut Parts) {
        let word = WORDS.iter().find(|(_, kind)| Some(*kind) == self.kind).map_or("-", |(word, _)| word);
        let bytes = self.bytes.to_string();
        let on_its_way = if self.sent || self.kind.is_none() { "" } else { ON_ITS_WAY };
        let text = [on_its_way, word, " ", &bytes, " ", &self.hash.0, " ", &self.name].concat();
        parts.insert(self.id.to_string(), text);
    }

    /// What an answer says of it, also while it is on its way: it goes before the answer does. `None`: it cannot be sent.
    pub fn file(&self) -> Option<FileRef> {
        let (id, kind, bytes, name) = (self.id, self.kind?, self.bytes, self.name.clone());
        Some(FileRef { id, name, kind, bytes })
    }
}

/// The files among the parts, in order.
pub fn file_entries(parts: &Parts) -> Vec<FileEntry> {
    let mut entries = Vec::with_capacity(parts.len());
    for (id, text) in parts {
        if let Some(entry) = entry(id, text) {
            entries.push(entry);
        }
    }
    entries
}

fn entry(id: &str, text: &str) -> Option<FileEntry> {
    let mut words = text.splitn(4, ' ');
    let (word, bytes, hash) = (words.next()?, words.next()?.parse().ok()?, words.next()?);
    let coming = word.strip_prefix(ON_ITS_WAY);
    let kind = WORDS.iter().find(|(known, _)| *known == coming.unwrap_or(word)).map(|(_, kind)| *kind);
    let sent = coming.is_none() && kind.is_some();
    let name = words.next()?.to_owned();
    Some(FileEntry { id: id.parse().ok()?, kind, sent, bytes, hash: ContentHash(hash.to_owned()), name })
}

pub(super) fn read_files(parts: &Parts, path: &str) -> Reading {
    let mut reading = Reading::default();
    let mut files = Vec::new();
    for entry in file_entries(parts) {
        match entry.file() {
            Some(file) => files.push(file),
            None => reading.wrong(path, Code::FileUnsent),
        }
    }
    if !files.is_empty() {
        reading.value = Some(Value::Files(files));
    }
    reading
}

pub(super) fn files_parts(files: &[FileRef]) -> Parts {
    let mut parts = Parts::new();
    for file in files {
        FileEntry::done(file.clone()).write(&mut parts);
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(number: u8, name: &str, kind: FileType) -> FileRef {
        let id = format!("01980000-0000-7000-8000-0000000000{number:02}").parse().unwrap();
        FileRef { id, name: name.to_owned(), kind, bytes: 12_345 }
    }

    #[test]
    fn files_stand_in_the_order_of_their_ids_and_come_back_as_they_were() {
        let files = vec![file(1, "b intyg (2).jpg", FileType::Jpeg), file(2, "a.pdf", FileType::Pdf)];
        let parts = files_parts(&files);
        assert_eq!(read_files(&parts, "f").value, Some(Value::Files(files)));
        assert!(read_files(&parts, "f").violations.is_empty());
        assert_eq!(read_files(&Parts::new(), "f").value, None);
    }

    /// Old phones hold old drafts.
    #[test]
    fn the_text_in_a_draft_is_this_one() {
        let parts = files_parts(&[file(1, "b intyg.jpg", FileType::Jpeg)]);
        let (id, text) = parts.into_iter().next().unwrap();
        assert_eq!((&*id, &*text), ("01980000-0000-7000-8000-000000000001", "jpeg 12345  b intyg.jpg"));
        for (text, kind) in [("- 500 ab x.png", None), ("+png 500 ab x.png", Some(FileType::Png))] {
            let coming = Parts::from([(id.clone(), text.to_owned())]);
            let entry = &file_entries(&coming)[0];
            let read = (entry.kind, entry.sent, entry.bytes, &*entry.hash.0, &*entry.name);
            assert_eq!(read, (kind, false, 500, "ab", "x.png"));
            let mut written = Parts::new();
            entry.write(&mut written);
            assert_eq!(written, coming);
        }
    }

    #[test]
    fn a_file_on_its_way_goes_before_its_answer_and_one_that_cannot_be_sent_is_no_answer() {
        let mut parts = files_parts(&[file(1, "a.png", FileType::Png)]);
        let mut coming = FileEntry {
            sent: false,
            hash: ContentHash("ab".to_owned()),
            ..FileEntry::done(file(2, "x y", FileType::Png))
        };
        coming.write(&mut parts);
        let reading = read_files(&parts, "f");
        assert!(reading.violations.is_empty());
        assert!(matches!(&reading.value, Some(Value::Files(files)) if files.len() == 2));
        coming.kind = None;
        coming.write(&mut parts);
        let reading = read_files(&parts, "f");
        assert_eq!(reading.violations[0].code, Code::FileUnsent);
        assert!(matches!(&reading.value, Some(Value::Files(files)) if files.len() == 1));
        assert!(file_entries(&parts)[1] == coming);
        parts.insert("no id".to_owned(), "?".to_owned());
        assert_eq!(file_entries(&parts).len(), 2);
    }
}
