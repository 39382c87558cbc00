use super::endpoint::{Nothing, PathArgs, endpoints};
use crate::date::{Date, Timestamp};
use crate::form::{FormKey, FormRef, Texts};
use crate::id::{GroupId, RoundId, UnitId};
use crate::school::{Grade, SchoolForm};
use serde::{Deserialize, Serialize};

endpoints! {
    /// All rounds, and what a new one can be made of.
    GetRounds = Get "/api/municipality/rounds" ReadForms (()) Nothing => RoundsOut;
    /// Starts a round: everybody in its audience gets their tasks. The same again changes nothing.
    PutRound = Put "/api/municipality/rounds/{round}" RunRounds (RoundId) RoundIn => RoundDone;
    /// Moves a round to another version of a form. Answers stay; an act that is not the same any more is asked anew.
    PutRoundForm = Put "/api/municipality/rounds/{round}/forms/{form}" RunRounds ((RoundId, FormKey)) RoundFormIn => RoundDone;
    /// Moves the last day of a round: later, earlier, or from today on again when it has closed. The same day again changes nothing.
    PutRoundDay = Put "/api/municipality/rounds/{round}/last-day" RunRounds (RoundId) RoundDayIn => RoundDone;
}

impl PathArgs for RoundId {
    fn parts(&self) -> Vec<String> {
        vec![self.to_string()]
    }
}

impl PathArgs for (RoundId, FormKey) {
    fn parts(&self) -> Vec<String> {
        vec![self.0.to_string(), self.1.0.clone()]
    }
}

/// The rounds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RoundsOut {
    /// The rounds, the one that opens last first.
    pub rounds: Vec<RoundLine>,
    /// The forms that a round can hold: what is asked of everybody, in the newest versions, by title.
    pub forms: Vec<RoundForm>,
    /// The units, with their classes and departments.
    pub units: Vec<RoundUnit>,
    /// Today, as the server sees it.
    pub today: Date,
}

/// A round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RoundLine {
    /// Its id.
    pub id: RoundId,
    /// What it is called, in the language of the request.
    pub title: String,
    /// First day.
    pub opens: Date,
    /// Last day.
    pub closes: Date,
    /// The forms, in order.
    pub forms: Vec<RoundForm>,
    /// For whom.
    pub audience: Audience,
    /// How many children have tasks in it.
    pub children: u32,
    /// How many of them are done. `None`: it would tell of few.
    pub finished: Option<u32>,
    /// How often it has been changed since it was started: the base of the next change of its last day.
    #[serde(default)]
    pub version: u32,
    /// When its last day was moved, if ever.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub moved: Option<RoundDayMoved>,
}

/// That the last day of a round was moved, the last time that it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RoundDayMoved {
    /// The last day before.
    pub was: Date,
    /// When it was moved.
    pub at: Timestamp,
    /// Who moved it, by name. `None`: she is not in the register any more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
}

/// A form of a round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RoundForm {
    /// The form in the version that the round has.
    pub form: FormRef,
    /// Its title, in the language of the request.
    pub title: String,
    /// The newest published version, where that is another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub newest: Option<u32>,
}

/// A unit that a round can be for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RoundUnit {
    /// Its id.
    pub id: UnitId,
    /// Its name.
    pub name: String,
    /// Its classes and departments.
    pub groups: Vec<RoundGroup>,
}

/// A class or department that a round can be for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RoundGroup {
    /// Its id.
    pub id: GroupId,
    /// Its name.
    pub name: String,
}

/// For whom a round is. An empty list leaves its question open: all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Audience {
    /// School forms.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub school_forms: Vec<SchoolForm>,
    /// Grades.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub grades: Vec<Grade>,
    /// Units.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub units: Vec<UnitId>,
    /// Classes and departments, beside those at the units.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<GroupId>,
}

/// A round as it is to be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RoundIn {
    /// What it is called.
    pub title: Texts,
    /// First day.
    pub opens: Date,
    /// Last day.
    pub closes: Date,
    /// The forms, in the order that guardians meet them.
    pub forms: Vec<FormRef>,
    /// For whom.
    pub audience: Audience,
}

/// Another version of a form in a round.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RoundFormIn {
    /// The version that the round has.
    pub from: u32,
    /// The version that it is to have.
    pub to: u32,
}

/// Another last day of a round.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RoundDayIn {
    /// How often the round had been changed when the sender saw it: [`RoundLine::version`].
    pub base: u32,
    /// The last day that it is to have: today or later.
    pub closes: Date,
}

/// What came of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RoundDone {
    /// Children in the audience.
    pub children: u32,
    /// Answers that are asked for anew. They are kept.
    pub asked_anew: u32,
}
