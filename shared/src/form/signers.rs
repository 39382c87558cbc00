use super::field::FieldKey;
use crate::access::Function;
use crate::id::PersonId;
use serde::{Deserialize, Serialize};

/// The age from which a person decides alone (FB 9:1): guardians' say ends.
pub const ADULT: u8 = 18;

/// Who must answer an act. At 18 the pupil stands in the guardians' place, whatever the rule.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum SignersRule {
    /// One guardian is enough: everyday care (FB 6:11 and practice).
    AnyGuardian,
    /// Every guardian who decides for the child (FB 6:13).
    AllGuardians,
    /// Every guardian the first time and when one of these fields changes; otherwise one.
    AllThenAny(Vec<FieldKey>),
    /// The pupil alone from this age; before it every guardian.
    PupilFrom(u8),
    /// Every guardian, and the pupil too from this age.
    WithPupilFrom(u8),
    /// Staff with this task, in so many answers by different persons. Guardians are not asked.
    Staff(Function, u8),
}

/// Those around a child today.
#[derive(Clone, Copy, Debug)]
pub struct Family<'a> {
    /// The child or pupil.
    pub pupil: PersonId,
    /// Her age, when it is known.
    pub age: Option<u8>,
    /// Those who decide for the child.
    pub guardians: &'a [PersonId],
    /// True when all of them have answered the act before, in this round or an earlier one, and no field that needs all
    /// has changed since.
    pub settled: bool,
}

/// Who has to answer, and whether one of them is enough.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signers {
    /// The persons.
    pub who: Vec<PersonId>,
    /// True when the first answer is enough.
    pub one_is_enough: bool,
}

impl Family<'_> {
    fn is_at_least(&self, age: u8) -> bool {
        self.age.is_some_and(|own| own >= age)
    }
}

impl SignersRule {
    /// Those who have to answer today. For staff nobody is named: see [`Self::staff`].
    pub fn signers(&self, family: &Family<'_>) -> Signers {
        let all = |who: Vec<PersonId>| Signers { who, one_is_enough: false };
        let guardians = family.guardians.to_vec();
        if self.staff().is_some() {
            return all(Vec::new());
        }
        if family.is_at_least(ADULT) {
            return all(vec![family.pupil]);
        }
        match self {
            Self::AnyGuardian => Signers { who: guardians, one_is_enough: true },
            Self::AllThenAny(_) => Signers { who: guardians, one_is_enough: family.settled },
            Self::PupilFrom(age) if family.is_at_least(*age) => all(vec![family.pupil]),
            Self::WithPupilFrom(age) if family.is_at_least(*age) => {
                let mut who = guardians;
                who.push(family.pupil);
                all(who)
            }
            _ => all(guardians),
        }
    }

    /// The task of the staff who answer, and how many of them must.
    pub fn staff(&self) -> Option<(Function, u8)> {
        match self {
            Self::Staff(function, count) => Some((*function, (*count).max(1))),
            _ => None,
        }
    }

    /// The fields whose change needs everybody's answer anew.
    pub fn renewing_fields(&self) -> &[FieldKey] {
        match self {
            Self::AllThenAny(fields) => fields,
            _ => &[],
        }
    }
}

impl Signers {
    /// Those who still have to answer, given who has.
    pub fn missing(&self, answered: &[PersonId]) -> Vec<PersonId> {
        let has_answered = |signer: &PersonId| answered.contains(signer);
        if self.one_is_enough && self.who.iter().any(has_answered) {
            return Vec::new();
        }
        self.who.iter().copied().filter(|signer| !has_answered(signer)).collect()
    }
}
