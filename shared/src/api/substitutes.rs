use super::endpoint::{Nothing, PathArgs, endpoints};
use super::protection::NamedPerson;
use crate::date::{Date, Timestamp};
use crate::id::{ChangeId, GroupId, PersonId, UnitId};
use serde::{Deserialize, Serialize};

endpoints! {
    /// Who stands in for somebody in the groups of a unit, who could, and who has.
    GetSubstitutes = Get "/api/staff/units/{unit}/substitutes" GiveGroups (UnitId) Nothing => SubstitutesOut;
    /// Lets somebody stand in under this id, or ends that. The same again changes nothing.
    PutSubstitute = Put "/api/staff/units/{unit}/substitutes/{id}" GiveGroups ((UnitId, ChangeId)) SubstituteStep => Nothing;
}

impl PathArgs for (UnitId, ChangeId) {
    fn parts(&self) -> Vec<String> {
        vec![self.0.to_string(), self.1.to_string()]
    }
}

/// The most days that somebody stands in at a time. Who stays longer gets an assignment in the register.
pub const MOST_SUBSTITUTE_DAYS: i32 = 90;

/// *Vikarier*: who stands in at a unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SubstitutesOut {
    /// The unit's name.
    pub unit_name: String,
    /// Who stands in today or will, the first day first.
    pub holding: Vec<SubstituteOut>,
    /// Who has, the last to end first.
    pub ended: Vec<SubstituteOut>,
    /// Its classes and departments, in the order of lists.
    pub groups: Vec<SubstituteGroup>,
    /// Who can stand in: those whose work at the unit gives them children. By name.
    pub candidates: Vec<NamedPerson>,
}

/// A group that somebody can stand in for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SubstituteGroup {
    /// Which.
    pub group: GroupId,
    /// Its name.
    pub name: String,
}

/// Somebody who stands in, or has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SubstituteOut {
    /// Its id.
    pub id: ChangeId,
    /// Who stands in.
    pub name: String,
    /// The name of the group. Empty when it is no more.
    pub group: String,
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
    /// Who decided it.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// When somebody ended it before the last day, and who.
    pub ended: Option<(Timestamp, String)>,
}

/// Something that is done about a substitute.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum SubstituteStep {
    /// She stands in.
    Give {
        /// Who: one of the candidates.
        person: PersonId,
        /// In which group of the unit.
        group: GroupId,
        /// The first day: today at the earliest.
        from: Date,
        /// The last day: at most [`MOST_SUBSTITUTE_DAYS`] in all.
        to: Date,
    },
    /// It ends at once.
    End,
}
