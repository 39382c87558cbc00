//! How one act stands: what is known, what is typed, what is asked and what is wrong. Derived, never stored.

use super::draft::{ActDraft, FieldDraft, Mode};
use super::input::{Input, Reading, read};
use super::step::StepKey;
use skolstart_shared::api::{ChildOut, TaskOut};
use skolstart_shared::consent::Standing;
use skolstart_shared::fact::Value;
use skolstart_shared::form::{
    Act, Answers, Field, FieldKey, FieldKind, FormDefinition, Known, Setting, normalise, validate,
};
use skolstart_shared::round::MyPart;
use skolstart_shared::violation::{Code, Violation};

/// One act of a session, with all that decides how it stands.
#[derive(Clone, Copy)]
pub struct ActState<'a> {
    /// The form.
    pub form: &'a FormDefinition,
    /// The act.
    pub act: &'a Act,
    /// The task.
    pub task: &'a TaskOut,
    /// The child, unless it is about the guardian.
    pub child: Option<&'a ChildOut>,
    /// What has been done, if anything.
    pub draft: Option<&'a ActDraft>,
    /// What conditions know.
    pub setting: Setting,
}

/// How one field stands.
pub struct FieldState<'a> {
    /// What is known, if anything.
    pub known: Option<&'a Known>,
    /// How the field stands beside what is known. `Changed` when nothing is known.
    pub mode: Mode,
    /// What stands in the field.
    pub input: Option<&'a Input>,
}

impl<'a> ActState<'a> {
    /// The step it is.
    pub fn step(&self) -> StepKey {
        StepKey::of(self.task)
    }

    /// How a field stands.
    pub fn field(&self, key: &FieldKey) -> FieldState<'a> {
        let known = self.task.known.get(key);
        let done = self.draft.and_then(|draft| draft.fields.get(key));
        FieldState { known, mode: self.mode(known, done), input: done.and_then(|done| done.input.as_ref()) }
    }

    fn mode(&self, known: Option<&Known>, done: Option<&FieldDraft>) -> Mode {
        match (known, done) {
            (None, _) => Mode::Changed,
            // A confirmation of a value that somebody has changed since is no confirmation of the new one.
            (Some(known), Some(done)) if done.mode == Mode::Confirmed && done.base != known.version => {
                Mode::Asked
            }
            (Some(_), Some(done)) if done.mode != Mode::Asked => done.mode,
            // What she has already answered in this round stands until she changes it, or until something contradicts it.
            (Some(known), _) if known.others.is_empty() && self.stands() => Mode::Confirmed,
            _ => Mode::Asked,
        }
    }

    /// True when she has answered, and at most what has come to contradict her is left.
    fn stands(&self) -> bool {
        let task = self.task;
        let contradicts = task.known.values().any(|known| !known.others.is_empty());
        task.mine == MyPart::Done || (task.answered.is_some() && contradicts)
    }

    /// True when sources differ and she has not said which is right.
    pub fn is_contradicted(&self, key: &FieldKey) -> bool {
        let state = self.field(key);
        state.mode == Mode::Asked && state.known.is_some_and(|known| !known.others.is_empty())
    }

    /// True when the answer is given by law and not by her: publication of a protected child.
    pub fn is_blocked(&self, key: &FieldKey) -> bool {
        self.task.purposes.get(key).is_some_and(|purpose| purpose.standing == Standing::Blocked)
    }

    fn reading(&self, field: &Field) -> Reading {
        if self.is_blocked(&field.key) {
            return Reading { value: Some(Value::Flag(false)), ..Reading::default() };
        }
        let state = self.field(&field.key);
        match (state.known, state.mode, state.input) {
            (Some(known), Mode::Asked | Mode::Confirmed, _) => {
                Reading { value: Some(known.value.clone()), ..Reading::default() }
            }
            (_, _, Some(input)) => read(&field.kind, input, field.key.as_str(), self.setting.today),
            _ => Reading::default(),
        }
    }

    /// The answers as they stand, known values included; hidden fields have none.
    pub fn answers(&self) -> Answers {
        let mut all = Answers::default();
        for field in &self.act.fields {
            if let Some(value) = self.reading(field).value {
                all.0.insert(field.key.clone(), value);
            }
        }
        normalise(self.act, &all, &self.setting)
    }

    /// The fields that are asked now, in order.
    pub fn visible(&self) -> Vec<&'a Field> {
        let answers = self.answers();
        self.act.fields.iter().filter(|field| field.is_visible(&answers, &self.setting)).collect()
    }

    /// The visible known fields about which nothing has been said.
    pub fn unconfirmed(&self) -> Vec<&'a Field> {
        let mut fields = self.visible();
        fields.retain(|field| self.field(&field.key).mode == Mode::Asked);
        fields
    }

    /// Everything wrong with what stands there. Paths start at the field; `contacts.0.phone` within rows, counted as on
    /// the screen.
    pub fn violations(&self) -> Vec<Violation> {
        let answers = self.answers();
        let mut found: Vec<Violation> = Vec::new();
        let mut moved: Vec<(String, Vec<usize>)> = Vec::new();
        for field in self.act.fields.iter().filter(|field| field.is_visible(&answers, &self.setting)) {
            let reading = self.reading(field);
            if !reading.places.is_empty() {
                moved.push((field.key.as_str().to_owned(), reading.places));
            }
            // Neither answer is required, but one of them is.
            if matches!(field.kind, FieldKind::Consent { .. }) && reading.value.is_none() {
                found.push(Violation::new(field.key.as_str(), Code::Required).with("consent", ""));
            }
            if self.is_contradicted(&field.key) {
                found.push(Violation::new(field.key.as_str(), Code::Contradicted));
            }
            found.extend(reading.violations);
        }
        for mut violation in validate(self.act, &answers, &self.setting) {
            violation.path = on_screen(&violation.path, &moved);
            // What cannot be read also counts as missing: say only the first.
            if !found.iter().any(|other| other.path == violation.path) {
                found.push(violation);
            }
        }
        self.in_order(found)
    }

    // Not a sort: each sort is kilobytes in the download.
    fn in_order(&self, found: Vec<Violation>) -> Vec<Violation> {
        let is_of = |field: &Field, violation: &Violation| {
            violation.path.split('.').next() == Some(field.key.as_str())
        };
        let fields = self.act.fields.iter();
        fields.flat_map(|field| found.iter().filter(move |one| is_of(field, one))).cloned().collect()
    }

    /// True when nothing is left to do in the act.
    pub fn is_complete(&self) -> bool {
        self.unconfirmed().is_empty() && self.violations().is_empty()
    }

    /// True when she has typed, chosen or confirmed something.
    pub fn is_touched(&self) -> bool {
        self.draft.is_some_and(|draft| !draft.fields.is_empty())
    }
}

/// The path with the row counted as on the screen, where blank rows count too.
fn on_screen(path: &str, moved: &[(String, Vec<usize>)]) -> String {
    let mut parts = path.splitn(3, '.');
    let (Some(field), Some(row), rest) = (parts.next(), parts.next(), parts.next()) else {
        return path.to_owned();
    };
    let place = moved
        .iter()
        .find(|(key, _)| key == field)
        .and_then(|(_, places)| places.get(row.parse::<usize>().ok()?))
        .map_or_else(|| row.to_owned(), ToString::to_string);
    match rest {
        Some(rest) => format!("{field}.{place}.{rest}"),
        None => format!("{field}.{place}"),
    }
}
