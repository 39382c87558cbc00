use crate::form::{ADULT, Family, SignersRule};
use crate::id::PersonId;

/// From what age a pupil has an own say about consents: each municipality sets it (FB 6:11: growing weight for the child's
/// views; no age limit in law but 18, FB 9:1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PupilSay {
    /// From this age the pupil has to say yes too. `None`: guardians alone decide.
    pub with_from: Option<u8>,
    /// From this age the pupil's own yes is enough. A guardian's no still stops until the pupil is of age.
    pub alone_from: u8,
}

impl Default for PupilSay {
    fn default() -> Self {
        Self { with_from: None, alone_from: ADULT }
    }
}

/// Who has to say yes, and who can say no.
#[derive(Debug, Default)]
pub(super) struct Deciders {
    /// Each of them has to say yes.
    pub(super) all: Vec<PersonId>,
    /// One of them has to. Empty: nobody beyond `all`.
    pub(super) any: Vec<PersonId>,
    /// A no of any of them holds.
    pub(super) heard: Vec<PersonId>,
}

impl PupilSay {
    /// What the form says about the pupil's age stands beside what the municipality says: the lower age counts.
    pub(super) fn deciders(&self, rule: &SignersRule, family: &Family<'_>) -> Deciders {
        let reached = |age: u8| family.age.is_some_and(|own| own >= age);
        let (pupil, guardians) = (family.pupil, family.guardians.to_vec());
        if reached(ADULT) {
            return Deciders { all: vec![pupil], any: Vec::new(), heard: vec![pupil] };
        }
        if rule.staff().is_some() {
            return Deciders::default();
        }
        let alone = match rule {
            SignersRule::PupilFrom(age) => self.alone_from.min(*age),
            _ => self.alone_from,
        };
        let with = match rule {
            SignersRule::WithPupilFrom(age) => Some(self.with_from.map_or(*age, |own| own.min(*age))),
            _ => self.with_from,
        };
        let joins = with.is_some_and(reached);
        let mut heard = guardians.clone();
        if joins || reached(alone) {
            heard.push(pupil);
        }
        if reached(alone) {
            return Deciders { all: vec![pupil], any: Vec::new(), heard };
        }
        if guardians.is_empty() {
            // Nobody is known who could say yes.
            return Deciders { heard, ..Deciders::default() };
        }
        let (mut all, any) = match rule {
            SignersRule::AnyGuardian => (Vec::new(), guardians),
            _ => (guardians, Vec::new()),
        };
        if joins {
            all.push(pupil);
        }
        Deciders { all, any, heard }
    }
}
