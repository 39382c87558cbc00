use super::endpoint::{Nothing, endpoints};
use super::staff::ActColumn;
use crate::date::Date;
use crate::id::{RoundId, UnitId};
use crate::inventory::Saved;
use serde::{Deserialize, Serialize};

endpoints! {
    /// Figures of all units: how many have answered, and how much was known beforehand. No persons.
    GetMunicipality = Get "/api/municipality" ReadMunicipality (()) Nothing => MunicipalityOut;
    /// The same about a round that is chosen, open or closed.
    GetRoundFigures = Get "/api/municipality/figures/{round}" ReadMunicipality (RoundId) Nothing => MunicipalityOut;
}

/// The whole municipality in figures. Children with protected identity are not counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MunicipalityOut {
    /// The municipality's name.
    pub name: String,
    /// What the round is called, if there is one.
    pub round: Option<String>,
    /// Last day of the round.
    pub closes: Option<Date>,
    /// The acts, in order.
    pub columns: Vec<ActColumn>,
    /// Over all units: how many of the children are done with everything, and in the order of the columns with each act.
    pub finished: Share,
    /// See `finished`.
    pub acts: Vec<Share>,
    /// Over all units: how values stood to what was known, and what was saved.
    pub numbers: Numbers,
    /// The units, by name.
    pub units: Vec<UnitFigures>,
    /// Day by day since the round opened; days without answers are left out.
    pub days: Vec<DayOut>,
    /// The rounds that have opened, the newest first: each can be chosen.
    #[serde(default)]
    pub rounds: Vec<RoundChoice>,
    /// Which of them this is about.
    #[serde(default)]
    pub chosen: Option<RoundId>,
}

/// A round that figures can be about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RoundChoice {
    /// Its id.
    pub id: RoundId,
    /// What it is called.
    pub title: String,
    /// First day.
    pub opens: Date,
}

/// How many of some children are done. `None`: few, or so many that a few could be taken from the sum.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Share {
    /// Done.
    pub done: Option<u32>,
    /// Of so many.
    pub all: Option<u32>,
}

/// One unit in figures.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct UnitFigures {
    /// The unit.
    pub id: UnitId,
    /// Its name.
    pub name: String,
    /// How many children.
    pub children: u32,
    /// How they answered. `None`: it would tell of few, or be the way to work out another unit.
    pub answers: Option<UnitAnswers>,
}

/// How the children of a unit answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct UnitAnswers {
    /// How many children have every act done.
    pub finished: u32,
    /// Values that were known and confirmed with a tap.
    pub confirmed: u64,
    /// Values that were known and changed.
    pub changed: u64,
    /// Values that were asked anew.
    pub new: u64,
}

/// How values stood to what was known, and what was saved.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Numbers {
    /// Values that were known and confirmed with a tap.
    pub confirmed: u64,
    /// Values that were known and changed.
    pub changed: u64,
    /// Values that were asked anew.
    pub new: u64,
    /// What digital answers have saved, as the inventory counts it.
    pub saved: Saved,
}

/// One day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DayOut {
    /// The day.
    pub day: Date,
    /// Submissions received.
    pub submissions: u32,
}
