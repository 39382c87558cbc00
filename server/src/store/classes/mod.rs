//! What every column holds: the one reviewed classification, `columns.toml`, as values.
//!
//! Owns the reading of that file. Called by what goes through all tables: subject access, the change of key, erasure, and the test
//! that compares it with a real database. Must not know a row.

mod retention;
mod value;

pub(super) use value::{opened, plain};

pub use retention::{Given, Period, PeriodError, Rule, Rules};

use crate::store::StoreError;
use serde::Deserialize;
use std::collections::BTreeMap;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Says who somebody is, or which row is hers.
    Identifier,
    /// About a person.
    Personal,
    /// About a person, and harmful in the wrong hands: health, protected identity, free text.
    Sensitive,
    /// About the service, not about anybody.
    Operational,
}

/// How a column is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    /// An id.
    Uuid,
    /// Words.
    Text,
    /// A day as ISO text.
    Day,
    /// Milliseconds since 1970.
    Time,
    /// A number.
    Int,
    /// Yes or no.
    Bool,
    /// Bytes that say nothing without what they were made of.
    Blob,
    /// Bytes that only the key opens.
    Sealed,
}

/// One column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// How it is kept.
    pub is: Type,
    /// What it holds.
    pub kind: Kind,
    /// Given to the person it is about.
    pub out: bool,
    /// Why it is not, where that has to be said.
    pub reason: String,
}

/// Which rows of a table are in the archive of a child.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Archive {
    /// None, and why.
    No(String),
    /// Those in which the first column is the child. For the archive of one round only those that the second ties to it.
    Rows(String, Option<String>),
    /// Those of the row that `via` names.
    Via,
    /// Those of what was sent.
    Sent,
}

/// One table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// The columns that say whom a row is about.
    pub about: Vec<String>,
    /// The column that says who gave what is sealed.
    pub giver: Option<String>,
    /// Its column, the table and the column there that say it for this one.
    pub via: Option<(String, String, String)>,
    /// What sealed columns are bound to.
    pub row: Option<String>,
    /// What is added to the name of a sealed column.
    pub part: Option<String>,
    /// The retention class.
    pub keeps: String,
    /// Whose key seals it, as an expression of SQL. `None`: nobody's, or nobody whom the row names.
    pub sealed_for: Option<String>,
    /// Which rows are in the archive of a child. `None`: it has nothing to do with people.
    pub archive: Option<Archive>,
    /// Whose the rows are, where the database keeps them from whoever may not meet that person. Empty: it does not.
    pub seen: Vec<Seen>,
    /// Why it does not, for a table that has to do with people.
    pub unguarded: Option<String>,
    /// The columns, in the order of the database.
    pub columns: Vec<Column>,
}

/// Who may meet a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Seen {
    /// Whoever may meet the person in this column.
    Person(String),
    /// Whoever may meet the row of another table: the own column, the table, the column there.
    With(String, String, String),
}

impl Table {
    /// The sealed columns.
    pub fn sealed(&self) -> impl Iterator<Item = &Column> {
        self.columns.iter().filter(|column| column.is == Type::Sealed)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(default)]
    about: Vec<String>,
    giver: Option<String>,
    via: Option<String>,
    row: Option<String>,
    part: Option<String>,
    keeps: String,
    sealed_for: Option<String>,
    archive: Option<String>,
    #[serde(default)]
    seen: Vec<String>,
    columns: Vec<String>,
}

/// Every table, by name.
///
/// # Errors
/// When the file that the program was built with cannot be read: a test sees to it that it can.
pub fn tables() -> Result<Vec<Table>, StoreError> {
    let written: BTreeMap<String, Written> =
        toml::from_str(include_str!("columns.toml")).map_err(|_| StoreError::Corrupt("classes"))?;
    written.into_iter().map(|(name, table)| read(name, table)).collect::<Option<_>>().ok_or(UNREADABLE)
}

const UNREADABLE: StoreError = StoreError::Corrupt("classes");

fn read(name: String, table: Written) -> Option<Table> {
    let via = match table.via.as_deref() {
        None => None,
        Some(via) => Some(three(via)?),
    };
    let unguarded = table.seen.iter().find_map(|text| text.strip_prefix("no ")).map(str::to_owned);
    let guarding = table.seen.iter().filter(|_| unguarded.is_none());
    let seen = guarding.map(|text| seen(text)).collect::<Option<_>>()?;
    let columns = table.columns.iter().map(|text| column(text)).collect::<Option<_>>()?;
    let Written { about, giver, row, part, keeps, sealed_for, .. } = table;
    let archive = table.archive.as_deref().map(archive);
    Some(Table { name, about, giver, via, row, part, keeps, sealed_for, archive, seen, unguarded, columns })
}

fn three(text: &str) -> Option<(String, String, String)> {
    let mut words = text.split(' ').map(str::to_owned);
    Some((words.next()?, words.next()?, words.next()?))
}

fn seen(text: &str) -> Option<Seen> {
    if !text.contains(' ') {
        return Some(Seen::Person(text.to_owned()));
    }
    let (own, table, there) = three(text)?;
    Some(Seen::With(own, table, there))
}

fn archive(text: &str) -> Archive {
    match (text, text.split_once(' ')) {
        ("via", _) => Archive::Via,
        ("sent", _) => Archive::Sent,
        (_, Some(("no", reason))) => Archive::No(reason.to_owned()),
        (_, Some((column, tie))) => Archive::Rows(column.to_owned(), Some(tie.to_owned())),
        (column, None) => Archive::Rows(column.to_owned(), None),
    }
}

fn column(text: &str) -> Option<Column> {
    let mut words = text.splitn(4, ' ');
    let name = words.next()?.to_owned();
    let is = match words.next()? {
        "uuid" => Type::Uuid,
        "text" => Type::Text,
        "day" => Type::Day,
        "time" => Type::Time,
        "int" => Type::Int,
        "bool" => Type::Bool,
        "blob" => Type::Blob,
        "sealed" => Type::Sealed,
        _ => return None,
    };
    let kind = match words.next()? {
        "identifier" => Kind::Identifier,
        "personal" => Kind::Personal,
        "sensitive" => Kind::Sensitive,
        "operational" => Kind::Operational,
        _ => return None,
    };
    let given = words.next().unwrap_or_default();
    let reason = given.strip_prefix("no ").unwrap_or_default().to_owned();
    Some(Column { name, is, kind, out: given == "out", reason })
}
