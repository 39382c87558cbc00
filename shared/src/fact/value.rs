use super::file::FileRef;
use super::schedule::Schedule;
use crate::Map;
use crate::contact::{Email, Phone};
use crate::date::{Date, TimeOfDay};
use crate::identity::IdentityNumber;
use serde::{Deserialize, Serialize};

/// One row of a repeated group: field key → value.
pub type Row = Map<String, Value>;

/// A value of a field or a fact. Externally tagged on the wire: `{"text":"…"}`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Value {
    /// Free text, one line or more.
    Text(String),
    /// Yes or no; also the answer of a consent.
    Flag(bool),
    /// A whole number in the unit of the field (money in öre).
    Number(i64),
    /// A day.
    Date(Date),
    /// The key of one option.
    Choice(String),
    /// The keys of the chosen options, in the order of the form. Empty: "none of these" was said.
    Choices(Vec<String>),
    /// A telephone number.
    Phone(Phone),
    /// An e-mail address.
    Email(Email),
    /// Rows of a repeated group, in the order that the person gave them. A person or an address is a row too.
    Rows(Vec<Row>),
    /// From the first day to the last, both included.
    Days(Date, Date),
    /// A time of day.
    Time(TimeOfDay),
    /// A personal number, or another identity number.
    Identity(IdentityNumber),
    /// When a child is there, week by week.
    Schedule(Schedule),
    /// Files, in the order that they were chosen.
    Files(Vec<FileRef>),
}

impl std::fmt::Debug for Value {
    /// Names the kind only: a value may be personal data.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Text(_) => "Text(…)",
            Self::Flag(_) => "Flag(…)",
            Self::Number(_) => "Number(…)",
            Self::Date(_) => "Date(…)",
            Self::Choice(_) => "Choice(…)",
            Self::Choices(_) => "Choices(…)",
            Self::Phone(_) => "Phone(…)",
            Self::Email(_) => "Email(…)",
            Self::Rows(_) => "Rows(…)",
            Self::Days(..) => "Days(…)",
            Self::Time(_) => "Time(…)",
            Self::Identity(_) => "Identity(…)",
            Self::Schedule(_) => "Schedule(…)",
            Self::Files(_) => "Files(…)",
        })
    }
}

impl Value {
    /// True when the value says nothing: blank text, no rows or no files. "None of these" is an answer and not empty.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Text(text) => text.trim().is_empty(),
            Self::Rows(rows) => rows.is_empty(),
            Self::Files(files) => files.is_empty(),
            _ => false,
        }
    }

    /// True when nothing is left of the value: empty, or rows of nothing but blank values.
    pub fn is_blank(&self) -> bool {
        match self {
            Self::Rows(rows) => rows.iter().all(|row| row.values().all(Self::is_blank)),
            value => value.is_empty(),
        }
    }
}
