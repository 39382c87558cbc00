use super::endpoint::{Nothing, endpoints};
use crate::date::{Date, Timestamp};
use crate::id::{ChangeId, RoundId};
use serde::{Deserialize, Serialize};

endpoints! {
    /// What the next erasure takes away, class by class, what is held, and what was erased before. No persons. Changes nothing.
    GetRetention = Get "/api/municipality/retention" ReadRetention (()) Nothing => RetentionOut;
    /// Holds a child or a round, or lifts the hold with this id. The same again changes nothing.
    PutRetentionHold = Put "/api/municipality/retention/holds/{id}" HoldRecords (ChangeId) HoldStep => Nothing;
}

/// From when a period is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum RetentionAfter {
    /// The child goes nowhere here any more; for an adult, none of the children does.
    Left,
    /// The last day of the school year in which it was given or decided.
    SchoolYear,
    /// The last day of that calendar year.
    Year,
    /// The day on which it was given, decided or done.
    Given,
    /// The last day of the round.
    Round,
    /// By a rule of its own, which the title tells.
    Own,
    /// It is not erased.
    Kept,
}

/// What is erased, what is held and what was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RetentionOut {
    /// The day that it is counted for: today.
    pub day: Date,
    /// True when the server erases by itself, once a day.
    pub daily: bool,
    /// Every class, by title.
    pub classes: Vec<RetentionClass>,
    /// Classes that forms or elements name and that have no rule: nothing of them is erased.
    pub without_rule: Vec<String>,
    /// Every hold that has not been lifted, then those that have, newest first.
    pub holds: Vec<HoldOut>,
    /// The last runs, newest first.
    pub runs: Vec<RetentionRun>,
    /// Rounds that can be held.
    pub rounds: Vec<HoldableRound>,
}

/// One class of data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RetentionClass {
    /// Its key.
    pub class: String,
    /// What it is, in the language of the request.
    pub title: String,
    /// The law or decision.
    pub basis: String,
    /// From when its period is counted.
    pub after: RetentionAfter,
    /// The months after that.
    pub months: u32,
    /// The months after something newer took its place, where that is another period.
    pub replaced: Option<u32>,
    /// True when the municipality has a period of its own.
    pub own: bool,
    /// What the next run takes away.
    pub due: u64,
    /// What is past its time and stays because it is held.
    pub held: u64,
}

/// A hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct HoldOut {
    /// Its id.
    pub id: ChangeId,
    /// The title of the round. `None`: a child, who is not named here.
    pub round: Option<String>,
    /// Why, as it was written.
    pub reason: String,
    /// Since when.
    pub since: Timestamp,
    /// Who set it. Empty: whoever runs the program.
    pub by: String,
    /// When it was lifted, by whom and why.
    pub lifted: Option<Lifted>,
}

/// That a hold was lifted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Lifted {
    /// When.
    pub at: Timestamp,
    /// By whom. Empty: whoever runs the program.
    pub by: String,
    /// Why.
    pub reason: String,
}

/// An erasure that was done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RetentionRun {
    /// The day that it was for.
    pub day: Date,
    /// When it began.
    pub started: Timestamp,
    /// When it was done. `None`: it was stopped, and goes on at the next.
    pub finished: Option<Timestamp>,
    /// What was erased, by the title of its class.
    pub erased: Vec<(String, u64)>,
}

/// A round that can be held.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct HoldableRound {
    /// The round.
    pub round: RoundId,
    /// What it is called.
    pub title: String,
}

/// What is held.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum HoldOn {
    /// The child with this personal number, and what its guardians have given.
    Child(String),
    /// Everything that was answered in a round.
    Round(RoundId),
}

/// Something that is done with a hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum HoldStep {
    /// It is set.
    Set {
        /// On what.
        on: HoldOn,
        /// Why: the case that it is for.
        reason: String,
    },
    /// It is lifted.
    Lift {
        /// Why.
        reason: String,
    },
}

/// The most characters of a reason.
pub const MOST_REASON: usize = 500;
