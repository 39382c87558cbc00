//! How one act stands: what is known, what is typed, what is asked and what is wrong. Derived, never stored.

use super::draft::{ActDraft, FieldDraft, Mode};
use super::input::{Input, Reading, read};
use super::standing::Standing;
use skolstart_shared::Map;
use skolstart_shared::api::{ChildOut, PurposeState};
use skolstart_shared::consent;
use skolstart_shared::date::Timestamp;
use skolstart_shared::fact::Value;
use skolstart_shared::form::{Act, Answers, Field, FieldKey, Known, Setting};
use skolstart_shared::violation::Violation;

/// One act of a session, with all that decides how it stands.
#[derive(Clone, Copy)]
pub struct ActState<'a> {
    /// The act.
    pub act: &'a Act,
    /// What is known beforehand.
    pub known: &'a Map<FieldKey, Known>,
    /// How the purposes of a consent stand.
    pub purposes: &'a Map<FieldKey, PurposeState>,
    /// True when it has been answered in this round, and at most what has come to contradict the answer is left.
    pub is_done: bool,
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
    /// How a field stands.
    pub fn field(&self, key: &FieldKey) -> FieldState<'a> {
        let known = self.known.get(key);
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
            (Some(known), _) if known.others.is_empty() && self.is_done => Mode::Confirmed,
            _ => Mode::Asked,
        }
    }

    /// The version of what is known about a field, or of what she decided last; 0: nothing.
    pub(super) fn version(&self, key: &FieldKey) -> u32 {
        let decided = self.purposes.get(key).and_then(|purpose| purpose.mine.as_ref());
        self.known.get(key).map_or_else(|| decided.map_or(0, |mine| mine.version), |known| known.version)
    }

    /// True when sources differ and she has not said which is right.
    pub fn is_contradicted(&self, key: &FieldKey) -> bool {
        let state = self.field(key);
        state.mode == Mode::Asked && state.known.is_some_and(|known| !known.others.is_empty())
    }

    /// True when the answer is given by law and not by her: publication of a protected child.
    pub fn is_blocked(&self, key: &FieldKey) -> bool {
        self.purposes.get(key).is_some_and(|purpose| purpose.standing == consent::Standing::Blocked)
    }

    pub(super) fn reading(&self, field: &Field) -> Reading {
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

    /// How everything stands.
    pub fn standing(&self) -> Standing {
        Standing::of(self)
    }

    /// The answers as they stand, known values included; hidden fields have none.
    pub fn answers(&self) -> Answers {
        self.standing().answers
    }

    /// The fields that are asked now, in order.
    pub fn visible(&self) -> Vec<&'a Field> {
        let standing = self.standing();
        self.act.fields.iter().filter(|field| standing.is_visible(field.key.as_str())).collect()
    }

    /// Everything wrong with what stands there. Paths start at the field; `contacts.0.phone` within rows, counted as on
    /// the screen.
    pub fn violations(&self) -> Vec<Violation> {
        self.standing().wrong
    }

    /// The known fields that "Allt stämmer" confirms: where sources differ nothing is taken for granted.
    pub fn taken_for_right(&self) -> Vec<FieldKey> {
        let mut fields = self.standing().unconfirmed;
        fields.retain(|field| !self.is_contradicted(field));
        fields
    }

    /// True when nothing is left to do in the act.
    pub fn is_complete(&self) -> bool {
        let standing = self.standing();
        standing.unconfirmed.is_empty() && standing.wrong.is_empty()
    }

    /// True when she has typed, chosen or confirmed something.
    pub fn is_touched(&self) -> bool {
        self.draft.is_some_and(|draft| !draft.fields.is_empty())
    }

    /// What has been done with a field after one more thing is done with it.
    pub fn done(&self, key: &FieldKey, doing: Doing, now: Timestamp) -> FieldDraft {
        let known = self.known.get(key);
        let mut done = self.draft.and_then(|draft| draft.fields.get(key)).cloned().unwrap_or_default();
        // A value typed on top of an older version stays based on it: the server must see that something came between.
        // A yes or no is one tap: it stands on what is known when she taps.
        if done.mode != Mode::Changed || done.base == 0 || self.purposes.contains_key(key) {
            done.base = self.version(key);
        }
        done.mode = match &doing {
            Doing::Set(_) | Doing::Take(_) | Doing::Edit => Mode::Changed,
            Doing::Confirm => Mode::Confirmed,
            Doing::Keep => Mode::Asked,
        };
        match (doing, known, self.act.field(key)) {
            (Doing::Set(input), _, _) => done.input = Some(input),
            (Doing::Take(place), Some(known), Some(field)) => {
                if let Some(other) = known.others.get(place) {
                    done.input = Some(Input::from_value(&field.kind, &other.value, self.setting.today));
                }
            }
            (Doing::Edit, Some(known), Some(field)) if done.input.is_none() => {
                done.input = Some(Input::from_value(&field.kind, &known.value, self.setting.today));
            }
            _ => {}
        }
        done.at = now.as_millis().max(done.at + 1);
        done
    }
}

/// What can be done with a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Doing {
    /// This was typed or chosen.
    Set(Input),
    /// "Stämmer": the known value is right.
    Confirm,
    /// "Den här stämmer": takes what another source says, by its place among [`Known::others`].
    Take(usize),
    /// "Ändra": opens the field with what was typed there before, otherwise with the known value.
    Edit,
    /// "Behåll": back to the known value. What was typed stays in the draft.
    Keep,
}
