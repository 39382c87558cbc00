use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;
use std::fmt;
use std::sync::Arc;
use uuid::Uuid;

/// Where a record stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Name of the file, without folder.
    pub file: Arc<str>,
    /// Position in the file's list, from 0.
    pub index: u64,
}

/// A record that was not taken in. Holds no personal data: it is printed and logged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejected {
    /// Where the record stands.
    pub place: Place,
    /// The record's own id, when it could be read.
    pub id: Option<Uuid>,
    /// What is wrong with it.
    pub reason: Reason,
}

/// What is wrong with a record: a code and the field, never the value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// The kind of fault.
    pub code: ReasonCode,
    /// Path of the field in SS 12000 terms, such as `enrolments[0].schoolType`. Empty: the record as a whole.
    pub field: String,
}

/// Kinds of fault in a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ReasonCode {
    /// A field that SS 12000 requires is not there.
    Missing,
    /// The field holds another kind of value, such as a number where a text belongs.
    WrongType,
    /// The id is not a UUID.
    BadId,
    /// The date is not `YYYY-MM-DD` in the calendar.
    BadDate,
    /// The word is not in the vocabulary of SS 12000.
    UnknownWord,
    /// The same field stands twice.
    Duplicate,
    /// The value cannot be used for another cause.
    BadValue,
    /// The record points to a record that was never seen. For the import, which knows all of them.
    UnknownReference,
}

impl ReasonCode {
    /// The code in kebab case, as printed.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::WrongType => "wrong-type",
            Self::BadId => "bad-id",
            Self::BadDate => "bad-date",
            Self::UnknownWord => "unknown-word",
            Self::Duplicate => "duplicate",
            Self::BadValue => "bad-value",
            Self::UnknownReference => "unknown-reference",
        }
    }
}

impl Reason {
    /// A fault of a field.
    pub fn new(code: ReasonCode, field: impl Into<String>) -> Self {
        Self { code, field: field.into() }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.field.as_str() {
            "" => f.write_str(self.code.as_str()),
            field => write!(f, "{}: {field}", self.code.as_str()),
        }
    }
}

impl fmt::Display for Rejected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} [{}]", self.place.file, self.place.index)?;
        if let Some(id) = self.id {
            write!(f, " {id}")?;
        }
        write!(f, ": {}", self.reason)
    }
}

/// Reads one record.
///
/// # Errors
/// The first fault found, with the record's id when that could be read.
pub(super) fn read_record<T: DeserializeOwned>(raw: &RawValue) -> Result<T, (Option<Uuid>, Reason)> {
    let mut json = serde_json::Deserializer::from_str(raw.get());
    serde_path_to_error::deserialize(&mut json)
        .map_err(|error| (id_of(raw), reason(&path_text(error.path()), error.inner())))
}

/// The id of a record whose other fields may be of any kind.
fn id_of(raw: &RawValue) -> Option<Uuid> {
    #[derive(Deserialize)]
    struct OnlyId {
        id: Uuid,
    }
    serde_json::from_str::<OnlyId>(raw.get()).ok().map(|record| record.id)
}

/// serde's sentences quote the value, so only their first words are looked at and none is passed on.
fn reason(path: &str, error: &serde_json::Error) -> Reason {
    let sentence = error.to_string();
    for (start, code) in
        [("missing field `", ReasonCode::Missing), ("duplicate field `", ReasonCode::Duplicate)]
    {
        if let Some(field) = sentence.strip_prefix(start).and_then(|rest| rest.split('`').next()) {
            let parent = if path.is_empty() { String::new() } else { format!("{path}.") };
            return Reason::new(code, format!("{parent}{field}"));
        }
    }
    let code = [
        ("invalid type", ReasonCode::WrongType),
        ("UUID parsing failed", ReasonCode::BadId),
        (super::vocabulary::UNKNOWN_WORD, ReasonCode::UnknownWord),
        (super::reference::BAD_DATE, ReasonCode::BadDate),
    ]
    .into_iter()
    .find(|(start, _)| sentence.starts_with(start))
    .map_or(ReasonCode::BadValue, |(_, code)| code);
    Reason::new(code, path)
}

/// The path of the fault. Only fields that the record knows can be at fault (all others are skipped unread), so their
/// names are those of SS 12000.
fn path_text(path: &serde_path_to_error::Path) -> String {
    match path.to_string() {
        whole if whole == "." => String::new(),
        field => field,
    }
}
