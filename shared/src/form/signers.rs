use crate::id::PersonId;
use serde::{Deserialize, Serialize};

/// Who must answer an act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum SignersRule {
    /// One guardian is enough: everyday care (FB 6:11 and practice).
    AnyGuardian,
    /// Every guardian who decides for the child (FB 6:13).
    AllGuardians,
}

impl SignersRule {
    /// Those of `guardians` who still have to answer, given who has.
    pub fn missing(self, guardians: &[PersonId], answered: &[PersonId]) -> Vec<PersonId> {
        let has_answered = |guardian: &PersonId| answered.contains(guardian);
        match self {
            Self::AnyGuardian if guardians.iter().any(has_answered) => Vec::new(),
            Self::AnyGuardian | Self::AllGuardians => {
                guardians.iter().copied().filter(|guardian| !has_answered(guardian)).collect()
            }
        }
    }
}
