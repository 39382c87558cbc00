//! Applications after they have been sent: how far they have come, who decides, and what a decision makes known.
//!
//! Owns the one function that says how an application stands, and the rules of deciding (FL 2017:900). Called by the
//! server, which keeps what has happened, and by the pages of staff. Must not know a form: who decides and what is granted
//! stands in the form ([`DecisionRule`](crate::form::DecisionRule)).

mod deciding;
mod pupil;
mod state;

pub use deciding::{Checked, Granted, MOST_REASONS, Sheet, carried, check_decision, check_opinion};
pub use pupil::{OwnPupilOut, PupilPart, PupilSaid, check_view};
pub use state::{ApplicationState, Evidence, Happened, state};

use crate::access::Function;
use crate::form::{Answers, DecisionOutcome};
use crate::id::ChangeId;
use serde::{Deserialize, Serialize};

/// An opinion before a decision (*yttrande*).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Opinion {
    /// In the handler's own words.
    pub words: String,
    /// What the handler has filled in so far.
    #[serde(default)]
    pub fields: Answers,
}

/// What the pupil says about what is applied for (barnkonventionen art. 12, FB 6:11): herself where she can sign in, otherwise
/// as staff took it down.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PupilView {
    /// What.
    pub stance: Stance,
    /// In the pupil's words, or how she was asked. Needed where she is against it.
    pub words: String,
}

/// See [`PupilView`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Stance {
    /// She wants it too.
    For,
    /// She does not want it.
    Against,
    /// She was asked and did not want to say.
    NotSaid,
}

/// A decision (*beslut*).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Decision {
    /// What.
    pub outcome: DecisionOutcome,
    /// Why (FL 32 §). May be empty when all is granted.
    pub reasons: String,
    /// The handler's fields.
    #[serde(default)]
    pub fields: Answers,
    /// The earlier decision that this one changes (FL 36–38 §§).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub changes: Option<ChangeId>,
}

/// A decision as it was made: with the task in which somebody made it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Decided {
    /// The decision.
    pub decision: Decision,
    /// In what task: what the letter says instead of a name.
    pub function: Function,
}
