use super::endpoint::endpoints;
use crate::date::{Date, Timestamp};
use serde::{Deserialize, Serialize};

endpoints! {
    /// Who has seen and changed how much in some days, or about one person whose number is known. Each asking is noted. The question
    /// goes in the body: a personal number has no place in an address.
    AskTrail = Put "/api/municipality/trail" ReadTrail (()) TrailQuestion => TrailOut;
}

/// The most days that one question is about.
pub const MOST_TRAIL_DAYS: i32 = 92;

/// What the auditor asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TrailQuestion {
    /// From this day.
    pub from: Date,
    /// To this day, which is among them. At most [`MOST_TRAIL_DAYS`] days.
    pub to: Date,
    /// About the person with this personal number only. Empty: about everybody.
    #[serde(default)]
    pub about: String,
}

/// What was seen and changed. Whoever has protected identity is told of by nothing but the sums.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TrailOut {
    /// Lines of the trail.
    pub lines: u64,
    /// How many different people they are about.
    pub people: u64,
    /// How many of the lines are refusals.
    pub refused: u64,
    /// What each person did, the most first.
    pub by: Vec<TrailLine>,
    /// True when there were more rows than are told of.
    pub more: bool,
}

/// What one person did to others, of one kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TrailLine {
    /// Who. Empty: whoever runs the program, the program itself, or somebody with protected identity. Guardians and pupils have no
    /// name here.
    pub name: String,
    /// As what: `staff`, `principal`, `support`, …
    pub role: String,
    /// The action, such as `read-child`.
    pub did: String,
    /// True for what was refused.
    pub refused: bool,
    /// How many times.
    pub times: u64,
    /// About how many different people.
    pub people: u64,
    /// The first time.
    pub first: Timestamp,
    /// The last.
    pub last: Timestamp,
}
