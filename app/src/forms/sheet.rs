//! One act on its own: a preview, what staff fill in, an answer on paper. In memory, about nobody's tasks.

use super::act::{ActState, Doing};
use super::draft::ActDraft;
use super::standing::Standing;
use skolstart_shared::Map;
use skolstart_shared::api::PurposeState;
use skolstart_shared::date::Timestamp;
use skolstart_shared::form::{Act, FieldKey, Known, Setting};

/// See the module.
#[derive(Clone, Debug)]
pub struct Sheet {
    act: Act,
    known: Map<FieldKey, Known>,
    purposes: Map<FieldKey, PurposeState>,
    draft: ActDraft,
    setting: Setting,
}

impl Sheet {
    /// An act in which nothing has been answered. `setting`: what its conditions know.
    pub fn new(act: Act, setting: Setting) -> Self {
        Self { act, known: Map::new(), purposes: Map::new(), draft: ActDraft::default(), setting }
    }

    /// The same with what is known beforehand.
    #[must_use]
    pub fn with_known(mut self, known: Map<FieldKey, Known>) -> Self {
        self.known = known;
        self
    }

    /// How it stands, for widgets.
    pub fn state(&self) -> ActState<'_> {
        ActState {
            act: &self.act,
            known: &self.known,
            purposes: &self.purposes,
            is_done: false,
            child: None,
            draft: Some(&self.draft),
            setting: self.setting,
        }
    }

    /// The answers, what is wrong with them and what nothing has been said about.
    pub fn standing(&self) -> Standing {
        self.state().standing()
    }

    /// The versions of the known values that the answers were given on.
    pub fn bases(&self) -> Map<FieldKey, u32> {
        self.state().bases()
    }

    /// Does something with a field.
    pub fn write(&mut self, field: &FieldKey, doing: Doing, now: Timestamp) {
        let done = self.state().done(field, doing, now);
        self.draft.fields.insert(field.clone(), done);
    }

    /// True when something has been typed, chosen or confirmed.
    pub fn is_touched(&self) -> bool {
        self.state().is_touched()
    }
}
