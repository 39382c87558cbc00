use serde::{Deserialize, Serialize};

/// What a staff member does at a unit. SS 12000 `dutyRole` has many words; these are the differences that rights and
/// pages know about. The word itself is kept beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum DutyRole {
    /// *Rektor*, leads the unit (Education Act 2:9). Also the older *förskolechef*.
    Principal,
    /// Teachers and preschool staff: *lärare, förskollärare, barnskötare, fritidspedagog, övrig pedagogisk personal*.
    Teacher,
    /// *Speciallärare* and *specialpedagog*: with a task for children of every group (Education Act 3:5-12).
    SpecialNeeds,
    /// *Skoladministratör*.
    Administrator,
    /// *Skolsköterska* and *skolläkare*: the medical part of school health, whose secrecy is its own (OSL 8:2, 25:1).
    SchoolHealth,
    /// Everybody else with a duty at the unit.
    Other,
}

impl DutyRole {
    /// The role of an SS 12000 word. Words we do not know get the least right.
    pub fn from_ss12000(word: &str) -> Self {
        match word {
            "Rektor" | "Förskolechef" => Self::Principal,
            "Lärare"
            | "Förstelärare"
            | "Förskollärare"
            | "Barnskötare"
            | "Fritidspedagog"
            | "Lärarassistent"
            | "Övrig pedagogisk personal" => Self::Teacher,
            "Speciallärare/specialpedagog" => Self::SpecialNeeds,
            "Skoladministratör" | "Övrig arbetsledning" => Self::Administrator,
            "Skolsköterska" | "Skolläkare" => Self::SchoolHealth,
            _ => Self::Other,
        }
    }
}
