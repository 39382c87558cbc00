use super::endpoint::{Nothing, endpoints};
use super::protection::NamedPerson;
use crate::date::{Date, Timestamp};
use crate::form::FormKey;
use crate::id::{ChangeId, PersonId};
use serde::{Deserialize, Serialize};

endpoints! {
    /// What is kept from one of the child's guardians, and what could be: for whoever leads the unit, or handles the child.
    GetWithholdings = Get "/api/staff/children/{child}/withholdings" Withhold (PersonId) Nothing => WithholdingsOut;
    /// Keeps something about the child from a guardian under this id, or ends what is kept under it. The same again changes nothing.
    PutWithholding = Put "/api/staff/children/{child}/withholdings/{id}" Withhold ((PersonId, ChangeId)) WithholdingStep => Nothing;
}

/// What is kept from guardians of a child (OSL 12:3: secrecy for a child's sake can hold against whoever decides for it).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct WithholdingsOut {
    /// What holds today first, then what has ended, newest first.
    pub withholdings: Vec<WithholdingOut>,
    /// Those who decide for the child today, by name.
    pub guardians: Vec<NamedPerson>,
    /// The forms that it can be about, by title.
    pub forms: Vec<WithheldForm>,
}

/// A form that can be kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct WithheldForm {
    /// Which.
    pub form: FormKey,
    /// What it is called.
    pub title: String,
}

/// A decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct WithholdingOut {
    /// Its id.
    pub id: ChangeId,
    /// From whom.
    pub guardian: String,
    /// The titles of the forms. Empty: everything.
    pub forms: Vec<String>,
    /// Why, as it was written.
    pub reason: String,
    /// Who decided it.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// The last day, where there is one.
    pub until: Option<Date>,
    /// True while it holds.
    pub holds: bool,
    /// When somebody ended it, and who.
    pub ended: Option<(Timestamp, String)>,
}

/// Something that is done with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum WithholdingStep {
    /// Something is kept from now on.
    Keep {
        /// From this guardian.
        guardian: PersonId,
        /// What was answered in these forms, and the values that they ask for. Empty: everything about the child.
        forms: Vec<FormKey>,
        /// The last day. `None`: until it is ended.
        until: Option<Date>,
        /// Why: the assessment, or where it is.
        reason: String,
    },
    /// It ends.
    End,
}
