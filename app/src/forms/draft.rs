//! The draft: everything typed and decided that the school has not received. Kept on the device, sealed.
//!
//! A device record: old phones hold old ones, so its shape has a snapshot test and a version.

use super::input::Input;
use super::refused::Refused;
use super::step::StepKey;
use crate::sync::{Outbox, Waiting};
use serde::{Deserialize, Serialize};
use skolstart_shared::Map;
use skolstart_shared::form::FieldKey;
use skolstart_shared::id::{PersonId, RoundId, SubmissionId};
use skolstart_shared::submission::SubmissionIn;

/// The version of the record. A record of another version is neither read nor written over: a newer program knows it.
const FORMAT: u16 = 1;

/// How a field with a known value stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    /// Nothing has been said about the known value.
    #[default]
    Asked,
    /// "Stämmer": the known value of the version in [`FieldDraft::base`] is right.
    Confirmed,
    /// The input counts, not the known value.
    Changed,
}

/// What has been done with one field.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldDraft {
    /// How it stands beside what is known.
    pub mode: Mode,
    /// What was last typed or chosen. Stays when the known value is taken back, so that typing is never lost.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub input: Option<Input>,
    /// The version of the known value that was on the screen; 0 when nothing was known.
    #[serde(default)]
    pub base: u32,
    /// When, in milliseconds since 1970 by the device's clock. Of two tabs the later one stands, field by field.
    pub at: i64,
}

/// What has been done with one act.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActDraft {
    /// Field by field.
    pub fields: Map<FieldKey, FieldDraft>,
    /// What the school found wrong when it was sent, and what has not been changed since.
    #[serde(default, skip_serializing_if = "Refused::is_nothing")]
    pub refused: Refused,
}

/// What waited for a receipt in records of before there was an outbox. Read, never written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Frozen {
    id: SubmissionId,
    body: SubmissionIn,
}

/// Everything that one guardian has done in one round and that the school has not received.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    format: u16,
    /// Whose it is. Never shown to anybody else.
    pub person: PersonId,
    /// The round it answers.
    pub round: RoundId,
    /// By step, as [`StepKey`] writes itself.
    #[serde(default)]
    pub acts: Map<String, ActDraft>,
    /// When one answer is changed outside the flow: that step alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub only: Option<String>,
    /// What she has pressed send on and has no receipt for.
    #[serde(default, skip_serializing_if = "Outbox::is_blank")]
    pub outbox: Outbox,
    #[serde(default, skip_serializing)]
    frozen: Option<Frozen>,
}

impl Draft {
    /// A draft in which nothing has been done.
    pub fn new(person: PersonId, round: RoundId) -> Self {
        let (acts, outbox) = (Map::new(), Outbox::default());
        Self { format: FORMAT, person, round, acts, only: None, outbox, frozen: None }
    }

    /// Reads a device record. `None` when it is of another format or person. What was begun in another round stays: a step is
    /// called the same in each, and a round that is met in between must not cost what was written before it.
    pub fn decode(record: &str, person: PersonId, round: RoundId) -> Option<Self> {
        let mut draft: Self = crate::json::read(record).ok()?;
        if draft.format != FORMAT || draft.person != person {
            return None;
        }
        if let Some(Frozen { id, body }) = draft.frozen.take() {
            // It may have reached the school: it goes out again under the same id.
            draft.outbox.push(Waiting { id, body, pressed: 0, tried: true, held: None });
        }
        draft.outbox.renewed();
        Some(draft.in_round(round))
    }

    /// The same, answering this round.
    pub fn in_round(self, round: RoundId) -> Self {
        Self { round, ..self }
    }

    /// The device record.
    pub fn encode(&self) -> String {
        crate::json::write(self).unwrap_or_default()
    }

    /// What the school keeps of it: what has been done and not sent. `None` when nothing has.
    pub fn for_school(&self) -> Option<String> {
        let own = || Self { acts: self.acts.clone(), ..Self::new(self.person, self.round) };
        (!self.acts.is_empty()).then(|| own().encode())
    }

    /// True when nothing has been done that could be lost.
    pub fn is_empty(&self) -> bool {
        self.acts.is_empty() && self.outbox.is_empty()
    }

    /// When each thing in it was written, or send was pressed.
    fn times(&self) -> impl Iterator<Item = i64> {
        let written = self.acts.values().flat_map(|act| act.fields.values()).map(|done| done.at);
        written.chain(self.outbox.items().iter().map(|item| item.pressed))
    }

    /// When the newest in it was written, or send was pressed; 0 when nothing has been done.
    pub fn newest(&self) -> i64 {
        self.times().max().unwrap_or(0)
    }

    /// True when something in it was written, or send was pressed, at that very time.
    pub fn holds(&self, at: i64) -> bool {
        self.times().any(|other| other == at)
    }

    /// What has been done with an act.
    pub fn act(&self, step: &StepKey) -> Option<&ActDraft> {
        self.acts.get(&step.to_string())
    }

    /// The place for what is done with a field.
    pub fn field_mut(&mut self, step: &StepKey, field: &FieldKey) -> &mut FieldDraft {
        let act = self.acts.get_or_insert_with(step.to_string(), ActDraft::default);
        act.fields.get_or_insert_with(field.clone(), FieldDraft::default)
    }

    /// Drops some acts. Into a new map: taking single entries out of one costs kilobytes in the download.
    pub fn forget(&mut self, is_gone: impl Fn(&str, &ActDraft) -> bool) {
        for (step, act) in std::mem::take(&mut self.acts) {
            if !is_gone(&step, &act) {
                self.acts.insert(step, act);
            }
        }
    }

    /// Takes in what another tab has saved: the later one stands, field by field. So does what the school last found wrong.
    pub fn merge(&mut self, other: &Self) {
        for (step, theirs) in &other.acts {
            let mine = self.acts.get_or_insert_with(step.clone(), ActDraft::default);
            for (key, field) in &theirs.fields {
                let older = mine.fields.get(key).is_none_or(|mine| mine.at < field.at);
                if older {
                    mine.fields.insert(key.clone(), field.clone());
                }
            }
            mine.refused.merge(&theirs.refused);
        }
        self.outbox.merge(&other.outbox);
    }
}
