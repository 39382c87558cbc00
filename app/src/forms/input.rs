//! What stands in a field: the raw text or choice, right or wrong. Kept as it was typed, so that nothing is ever lost.

use super::file_parts::{files_parts, read_files};
use super::parts::{days_parts, read_days, read_schedule, schedule_parts};
use serde::{Deserialize, Serialize};
use skolstart_shared::Map;
use skolstart_shared::date::Date;
use skolstart_shared::fact::{Row, Value};
use skolstart_shared::form::{Field, FieldKind, parse_input, show_input};
use skolstart_shared::violation::{Code, Violation};

/// Inputs by name, for kinds that have several.
pub type Parts = Map<String, String>;

/// The contents of one field, as the person left it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Input {
    /// Typed text, also when it is not a valid value.
    Typed(String),
    /// Yes or no.
    Flag(bool),
    /// The key of one option.
    Choice(String),
    /// The keys of the chosen options; empty: "none of these" was said.
    Choices(Vec<String>),
    /// Rows of a repeated group, in order; also rows that are not filled in yet.
    Rows(Vec<Map<String, Input>>),
    /// The inputs of a kind that has several, by name: the first and the last day, the times of a schedule.
    Parts(Parts),
}

impl std::fmt::Debug for Input {
    /// Says nothing of the contents: they may be personal data.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Input(…)")
    }
}

impl Input {
    /// The input to start from when a known value is changed.
    pub fn from_value(kind: &FieldKind, value: &Value, today: Date) -> Self {
        match value {
            Value::Flag(flag) => Self::Flag(*flag),
            Value::Days(from, to) => Self::Parts(days_parts(*from, *to)),
            Value::Files(files) => Self::Parts(files_parts(files)),
            Value::Schedule(schedule) => Self::Parts(schedule_parts(schedule)),
            Value::Choice(key) => Self::Choice(key.clone()),
            Value::Choices(keys) => Self::Choices(keys.clone()),
            Value::Rows(rows) => {
                Self::Rows(rows.iter().map(|row| row_input(kind.columns(), row, today)).collect())
            }
            typed => Self::Typed(show_input(kind, typed, today)),
        }
    }

    /// The typed text; empty for choices.
    pub fn typed(&self) -> &str {
        match self {
            Self::Typed(text) => text,
            _ => "",
        }
    }

    /// The rows; none for other kinds.
    pub fn rows(&self) -> &[Map<String, Self>] {
        match self {
            Self::Rows(rows) => rows,
            _ => &[],
        }
    }
}

fn row_input(columns: &[Field], row: &Row, today: Date) -> Map<String, Input> {
    // Collecting into a map sorts, and each sort is kilobytes in the download.
    let mut inputs = Map::new();
    for column in columns {
        if let Some(value) = row.get(column.key.as_str()) {
            inputs.insert(column.key.as_str().to_owned(), Input::from_value(&column.kind, value, today));
        }
    }
    inputs
}

/// What an input amounts to.
#[derive(Default)]
pub struct Reading {
    /// The value, if it is one. Rows are as on the screen, blank ones too.
    pub value: Option<Value>,
    /// Why it is not one. Paths start at the field.
    pub violations: Vec<Violation>,
}

/// Reads an input as an answer to a field of this kind.
pub fn read(kind: &FieldKind, input: &Input, path: &str, today: Date) -> Reading {
    match (kind, input) {
        (FieldKind::Rows { fields, .. }, Input::Rows(rows)) => read_rows(fields, rows, path, today),
        (FieldKind::Choices { options, .. }, Input::Choices(chosen)) => {
            // In the order of the form, so that the same choice is the same value however it was tapped together.
            let keys = options.iter().map(|option| &option.key).filter(|key| chosen.contains(key));
            found(Value::Choices(keys.cloned().collect()))
        }
        (
            FieldKind::YesNo {} | FieldKind::Consent { .. } | FieldKind::Acknowledge { .. },
            Input::Flag(flag),
        ) => found(Value::Flag(*flag)),
        (
            FieldKind::Choice { .. }
            | FieldKind::Country {}
            | FieldKind::Language {}
            | FieldKind::Unit { .. },
            Input::Choice(key),
        ) => found(Value::Choice(key.clone())),
        (FieldKind::Days { .. }, Input::Parts(parts)) => read_days(parts, path),
        (FieldKind::Files { .. }, Input::Parts(parts)) => read_files(parts, path),
        (FieldKind::Schedule { .. }, Input::Parts(parts)) => read_schedule(parts, path),
        (_, Input::Typed(text)) => match parse_input(kind, text, today) {
            Ok(value) => Reading { value, ..Reading::default() },
            Err(code) => wrong(path, code),
        },
        // A draft of an older version of the form, where the field was of another kind.
        _ => wrong(path, Code::WrongKind),
    }
}

impl Reading {
    pub(super) fn wrong(&mut self, path: &str, code: Code) {
        // Of several inputs with one place for what is wrong, the first says it.
        if !self.violations.iter().any(|other| other.path == path) {
            self.violations.push(Violation::new(path, code));
        }
    }
}

fn found(value: Value) -> Reading {
    Reading { value: Some(value), ..Reading::default() }
}

fn wrong(path: &str, code: Code) -> Reading {
    Reading { violations: vec![Violation::new(path, code)], ..Reading::default() }
}

fn read_rows(fields: &[Field], rows: &[Map<String, Input>], path: &str, today: Date) -> Reading {
    let mut reading = Reading::default();
    let mut read_rows = Vec::with_capacity(rows.len());
    for (place, row) in rows.iter().enumerate() {
        let mut values = Row::new();
        for field in fields {
            let Some(input) = row.get(field.key.as_str()) else { continue };
            let path = [path, ".", &place.to_string(), ".", field.key.as_str()].concat();
            let cell = read(&field.kind, input, &path, today);
            reading.violations.extend(cell.violations);
            if let Some(value) = cell.value {
                values.insert(field.key.as_str().to_owned(), value);
            }
        }
        read_rows.push(values);
    }
    reading.value = Some(Value::Rows(read_rows));
    reading
}
