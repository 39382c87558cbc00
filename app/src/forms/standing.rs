//! How all of an act stands, worked out once for each change: a long form asks two hundred times.

use super::act::ActState;
use super::draft::Mode;
use skolstart_shared::fact::{Row, Value};
use skolstart_shared::form::{Answers, FieldKey, FieldKind, hidden, normalise, validate};
use skolstart_shared::violation::{Code, Violation};

/// See the module.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// The answers, known values included; hidden fields have none.
    pub answers: Answers,
    /// The answers with rows as on the screen, blank ones too.
    screen: Answers,
    /// The paths of what is not asked now, cells of rows included, counted as on the screen.
    pub hidden: Vec<String>,
    /// Everything wrong, in the order of the fields. Paths are counted as on the screen.
    pub wrong: Vec<Violation>,
    /// The visible known fields about which nothing has been said.
    pub unconfirmed: Vec<FieldKey>,
}

impl Standing {
    /// True while the field or cell of a path is asked.
    pub fn is_visible(&self, path: &str) -> bool {
        let is_under = |rest: &str| rest.is_empty() || rest.starts_with('.');
        !self.hidden.iter().any(|hidden| path.strip_prefix(hidden.as_str()).is_some_and(is_under))
    }

    /// The value of a field or cell, by its path on the screen; also of what is calculated.
    pub fn value_at(&self, path: &str) -> Option<&Value> {
        let mut parts = path.split('.');
        let key = FieldKey(parts.next()?.to_owned());
        let (mut value, mut screen) = (self.answers.get(&key), self.screen.get(&key));
        while let (Some(row), Some(column)) = (parts.next(), parts.next()) {
            let row: usize = row.parse().ok()?;
            let (Some(Value::Rows(given)), Some(Value::Rows(drawn))) = (value, screen) else { return None };
            let blank = |row: &&Row| row.values().all(Value::is_blank);
            let before = drawn.iter().take(row).filter(blank).count();
            // A blank row is no row yet.
            let cells = drawn.get(row).filter(|row| !blank(row))?;
            value = given.get(row - before)?.get(column);
            screen = cells.get(column);
        }
        value
    }

    pub(super) fn of(state: &ActState<'_>) -> Self {
        let mut screen = Answers::default();
        let mut unread: Vec<Violation> = Vec::new();
        let mut unconfirmed = Vec::new();
        for field in &state.act.fields {
            let reading = state.reading(field);
            // Neither answer is required, but one of them is.
            if matches!(field.kind, FieldKind::Consent { .. }) && reading.value.is_none() {
                unread.push(Violation::new(field.key.as_str(), Code::Required));
            }
            if state.is_contradicted(&field.key) {
                unread.push(Violation::new(field.key.as_str(), Code::Contradicted));
            }
            unread.extend(reading.violations);
            if let Some(value) = reading.value {
                screen.0.insert(field.key.clone(), value);
            }
            if field.kind.is_asked() && state.field(&field.key).mode == Mode::Asked {
                unconfirmed.push(field.key.clone());
            }
        }
        let answers = normalise(state.act, &screen, &state.setting);
        let hidden = hidden(state.act, &answers, &screen, &state.setting);
        let mut standing = Self { answers, screen, hidden, wrong: Vec::new(), unconfirmed: Vec::new() };
        unconfirmed.retain(|key| standing.is_visible(key.as_str()));
        standing.unconfirmed = unconfirmed;
        standing.find_wrong(state, unread);
        standing
    }

    /// What cannot be read also counts as missing: said is only the first. Not a sort: each sort is kilobytes in the
    /// download.
    fn find_wrong(&mut self, state: &ActState<'_>, unread: Vec<Violation>) {
        let mut invalid = validate(state.act, &self.answers, &state.setting);
        for violation in &mut invalid {
            violation.path = on_screen(&violation.path, &self.screen);
        }
        if unread.is_empty() && invalid.is_empty() {
            return;
        }
        for field in &state.act.fields {
            let is_of = |one: &&Violation| one.path.split('.').next() == Some(field.key.as_str());
            for violation in unread.iter().chain(&invalid).filter(is_of) {
                let is_part = |rest: &str| {
                    rest.is_empty() || (violation.code == Code::Required && rest.starts_with('.'))
                };
                let is_same =
                    |other: &Violation| other.path.strip_prefix(violation.path.as_str()).is_some_and(is_part);
                let is_said = self.wrong.iter().any(is_same);
                if !is_said && self.is_visible(&violation.path) {
                    self.wrong.push(violation.clone());
                }
            }
        }
    }
}

/// The path with rows counted as on the screen, where blank rows count too.
fn on_screen(path: &str, screen: &Answers) -> String {
    match path.split_once('.') {
        Some((key, rest)) => [key, ".", &within(rest, screen.get(&FieldKey(key.to_owned())))].concat(),
        None => path.to_owned(),
    }
}

/// As [`on_screen`], for a path that starts at a row.
fn within(path: &str, value: Option<&Value>) -> String {
    let Some(Value::Rows(rows)) = value else { return path.to_owned() };
    let (row, rest) = path.split_once('.').unwrap_or((path, ""));
    let mut given = rows.iter().enumerate().filter(|(_, row)| !row.values().all(Value::is_blank));
    let Some((place, cells)) = row.parse().ok().and_then(|row| given.nth(row)) else {
        return path.to_owned();
    };
    let place = place.to_string();
    match rest.split_once('.') {
        Some((column, deeper)) => [&place, ".", column, ".", &within(deeper, cells.get(column))].concat(),
        None if rest.is_empty() => place,
        None => [&place, ".", rest].concat(),
    }
}
