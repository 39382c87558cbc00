//! What an answer sets in motion among staff. Part of a form definition.

use super::condition::Condition;
use super::field::FieldKey;
use super::texts::Texts;
use crate::access::Function;
use serde::{Deserialize, Serialize};

/// Something for staff to do when an answer says so: "when consent for web is withdrawn, a task for the web editor".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct FollowUp {
    /// When.
    pub when: Trigger,
    /// Whose task it becomes.
    pub function: Function,
    /// What is to be done, beginning with a verb.
    pub todo: Texts,
    /// In how many days.
    pub days: u16,
}

/// When something is set in motion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Trigger {
    /// A consent that stood is withdrawn.
    Withdrawn(FieldKey),
    /// The answer to one of these is another than before, or is the first.
    Changed(Vec<FieldKey>),
    /// The act is answered and this holds.
    Answered(Condition),
}

impl FollowUp {
    pub(super) fn each_text(&mut self, visit: &mut dyn FnMut(&mut Texts)) {
        visit(&mut self.todo);
    }
}
