use super::endpoint::{Nothing, endpoints};
use super::protection::NamedPerson;
use crate::access::Role;
use crate::date::Timestamp;
use crate::id::{ChangeId, PersonId, UnitId};
use serde::{Deserialize, Serialize};

endpoints! {
    /// Who holds a role that no duty gives, who could, and who has held one.
    GetMandates = Get "/api/municipality/mandates" GiveMandates (()) Nothing => MandatesOut;
    /// Gives somebody such a role under this id, or ends the one with this id. The same again changes nothing.
    PutMandate = Put "/api/municipality/mandates/{id}" GiveMandates (ChangeId) MandateStep => Nothing;
}

/// A role that the municipality gives by hand, for a time. No duty of the register gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum MandateKind {
    /// *Programkontor*: forms, rounds, inventory and figures.
    ProgrammeOffice,
    /// *Revisor*: who has seen and changed what.
    Auditor,
    /// *Support*: how far each child has come, at one unit or at all.
    Support,
}

impl MandateKind {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::ProgrammeOffice, Self::Auditor, Self::Support];

    /// The role that it gives.
    pub fn role(self) -> Role {
        match self {
            Self::ProgrammeOffice => Role::ProgrammeOffice,
            Self::Auditor => Role::Auditor,
            Self::Support => Role::Support,
        }
    }

    /// The name in kebab case: that of the role.
    pub fn as_str(self) -> &'static str {
        self.role().as_str()
    }

    /// The kind with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }

    /// The hours for which it can be given, the shortest first. Support is there for one matter; the others are looked over once a
    /// year.
    pub fn hours(self) -> &'static [u32] {
        match self {
            Self::Support => &[1, 4, 8, 24, 72],
            Self::ProgrammeOffice | Self::Auditor => &[24 * 30, 24 * 90, 24 * 182, 24 * 365],
        }
    }

    /// True for a role that can be for one unit alone.
    pub fn is_at_a_unit(self) -> bool {
        self == Self::Support
    }
}

/// Roles that were given by hand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MandatesOut {
    /// Those that hold, the first to end first.
    pub holding: Vec<MandateOut>,
    /// Those that have ended, the last first.
    pub ended: Vec<MandateOut>,
    /// Who can be given one: those whom the register says work at the huvudman itself, but whoever asks. By name.
    pub candidates: Vec<NamedPerson>,
    /// The units, by name.
    pub units: Vec<MandateUnit>,
}

/// A unit that support can be for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MandateUnit {
    /// Which.
    pub unit: UnitId,
    /// Its name.
    pub name: String,
}

/// A role that somebody holds or has held.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MandateOut {
    /// Its id.
    pub id: ChangeId,
    /// Who holds it.
    pub name: String,
    /// Which role.
    pub kind: MandateKind,
    /// The name of the unit that it is for. Empty: the whole municipality.
    pub unit: String,
    /// Why, as it was written.
    pub reason: String,
    /// Who gave it.
    pub by: String,
    /// Since when.
    pub since: Timestamp,
    /// When it ends by itself, or has.
    pub until: Timestamp,
    /// When somebody ended it before that, and who.
    pub ended: Option<(Timestamp, String)>,
    /// How many times it was used so far: readings that stand in the audit trail.
    pub used: u64,
}

/// Something that is done with such a role.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum MandateStep {
    /// It is given, from now on.
    Give {
        /// To whom: one of the candidates.
        person: PersonId,
        /// Which role.
        kind: MandateKind,
        /// For which unit. `None`: the whole municipality.
        unit: Option<UnitId>,
        /// For how many hours: one of [`MandateKind::hours`].
        hours: u32,
        /// Why: the matter that it is for.
        reason: String,
    },
    /// It ends at once.
    End,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_a_name_and_ends() {
        for kind in MandateKind::ALL {
            assert_eq!(MandateKind::from_name(kind.as_str()), Some(kind));
            assert!(
                kind.hours().is_sorted() && kind.hours().iter().all(|hours| *hours <= 24 * 365),
                "{kind:?}"
            );
        }
        assert_eq!(MandateKind::Support.hours().last(), Some(&72));
        assert_eq!(MandateKind::from_name("principal"), None);
    }
}
