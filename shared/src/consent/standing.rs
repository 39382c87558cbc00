use super::decision::{ConsentChoice, ConsentDecision};
use crate::date::Timestamp;
use crate::id::PersonId;
use serde::{Deserialize, Serialize};

/// What holds for one child and purpose. Only [`Self::Given`] allows anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// Nobody has answered.
    NotAnswered,
    /// At least one has said yes, at least one has not answered.
    Waiting,
    /// All who decide have said yes, the last of them then.
    Given(Timestamp),
    /// Somebody has said no.
    Refused(Timestamp),
    /// Somebody has said yes and then no.
    Withdrawn(Timestamp),
    /// The child's identity is protected: always no (facts 3.4 rule 7).
    Blocked,
}

impl Standing {
    /// True when publication is allowed.
    pub fn allows(self) -> bool {
        matches!(self, Self::Given(_))
    }
}

/// Derives what stands for one child and purpose from all decisions about it. `guardians` are those who decide for the
/// child today; decisions of others do not count. With no guardian known nothing is allowed.
pub fn standing(guardians: &[PersonId], decisions: &[ConsentDecision], protected: bool) -> Standing {
    if protected {
        return Standing::Blocked;
    }
    let latest: Vec<Option<&ConsentDecision>> = guardians
        .iter()
        .map(|guardian| {
            decisions.iter().filter(|decision| decision.by == *guardian).max_by_key(|decision| decision.seq)
        })
        .collect();
    let answered: Vec<&ConsentDecision> = latest.iter().flatten().copied().collect();
    // The first "no" is the one that stopped it.
    if let Some(no) = answered.iter().filter(|decision| !decision.choice.is_yes()).min_by_key(|no| no.seq) {
        return match no.choice {
            ConsentChoice::Withdrawn => Standing::Withdrawn(no.at),
            _ => Standing::Refused(no.at),
        };
    }
    match answered.iter().map(|decision| decision.at).max() {
        None => Standing::NotAnswered,
        Some(last) if answered.len() == guardians.len() => Standing::Given(last),
        Some(_) => Standing::Waiting,
    }
}
