use crate::date::Date;
use crate::id::PersonId;
use serde::{Deserialize, Serialize};

/// The age in years at which guardianship ends (FB 9:1).
pub const ADULT_AGE: i32 = 18;

/// In what way an adult is responsible for a child (SS 12000 `relationType`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum RelationKind {
    /// *Vårdnadshavare*: decides about the child (FB 6:11).
    Guardian,
    /// *Annan ansvarig*: takes part in the child's everyday life, decides nothing.
    OtherResponsible,
    /// *God man*, specially appointed in place of a guardian.
    AppointedGuardian,
    /// *Utsedd behörig*: authorised by the guardian for named matters.
    Authorised,
}

impl RelationKind {
    /// True when this person answers and signs for the child by law.
    pub fn decides(self) -> bool {
        matches!(self, Self::Guardian | Self::AppointedGuardian)
    }

    /// The kind named by the SS 12000 word.
    pub fn from_ss12000(word: &str) -> Option<Self> {
        match word {
            "Vårdnadshavare" => Some(Self::Guardian),
            "Annan ansvarig" => Some(Self::OtherResponsible),
            "God man" => Some(Self::AppointedGuardian),
            "Utsedd behörig" => Some(Self::Authorised),
            _ => None,
        }
    }

    /// A short code for the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Guardian => "guardian",
            Self::OtherResponsible => "other",
            Self::AppointedGuardian => "appointed",
            Self::Authorised => "authorised",
        }
    }

    /// The kind with this code, if it is one.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Guardian, Self::OtherResponsible, Self::AppointedGuardian, Self::Authorised]
            .into_iter()
            .find(|kind| kind.code() == code)
    }
}

/// That an adult is responsible for a child, from one day to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GuardianRelation {
    /// The child.
    pub child: PersonId,
    /// The adult.
    pub adult: PersonId,
    /// In what way.
    pub kind: RelationKind,
    /// First day, if known.
    pub from: Option<Date>,
    /// Last day, inclusive (SS 12000 end dates are inclusive).
    pub to: Option<Date>,
}

impl GuardianRelation {
    /// True when the adult decides for the child on `today`. Ends on the child's eighteenth birthday; a child whose
    /// birth date is unknown is taken as under age.
    pub fn decides_on(&self, today: Date, born: Option<Date>) -> bool {
        self.kind.decides()
            && self.from.is_none_or(|from| from <= today)
            && self.to.is_none_or(|to| today <= to)
            && born.is_none_or(|born| born.age_on(today) < ADULT_AGE)
    }
}
