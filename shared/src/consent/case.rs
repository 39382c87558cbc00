use super::decision::{ConsentChoice, ConsentDecision};
use super::say::{Deciders, PupilSay};
use crate::date::{Date, Timestamp};
use crate::form::{Act, Expiry, Family, SignersRule};
use crate::id::PersonId;

/// Everything that decides what stands about one child and purpose, beside the decisions themselves.
#[derive(Clone, Copy)]
pub struct ConsentCase<'a> {
    /// Those around the child today.
    pub family: Family<'a>,
    /// When the child was born, where known.
    pub born: Option<Date>,
    /// True when the identity of the child, or of somebody close to it, is protected.
    pub protected: bool,
    /// Who must answer, as the form says.
    pub rule: &'a SignersRule,
    /// When an answer ends, as the form says.
    pub expires: Option<Expiry>,
    /// From what age a pupil has an own say here.
    pub say: PupilSay,
    /// The first version of the form whose text means the same as the one that is asked now.
    pub same_since: u32,
    /// Today.
    pub today: Date,
    /// The day of a moment, in the municipality's time zone.
    pub day_of: &'a dyn Fn(Timestamp) -> Date,
}

impl<'a> ConsentCase<'a> {
    /// The case of an act as it is asked now.
    pub fn of(
        act: &'a Act,
        same_since: u32,
        family: Family<'a>,
        born: Option<Date>,
        say: PupilSay,
        today: Date,
        day_of: &'a dyn Fn(Timestamp) -> Date,
    ) -> Self {
        let (rule, expires) = (&act.signers, act.expires);
        Self { family, born, protected: false, rule, expires, say, same_since, today, day_of }
    }

    /// The same case for somebody whose identity is protected, or not.
    #[must_use]
    pub fn protected(self, protected: bool) -> Self {
        Self { protected, ..self }
    }

    /// True when the text that was read means what is asked now.
    pub fn is_same_text(&self, decision: &ConsentDecision) -> bool {
        decision.form_version >= self.same_since
    }

    /// The first day on which a yes no longer holds. `None`: no day is known.
    pub fn ends(&self, decision: &ConsentDecision) -> Option<Date> {
        self.expires?.ends((self.day_of)(decision.at), self.born)
    }

    /// True for a yes that has come to its end.
    pub fn has_ended(&self, decision: &ConsentDecision) -> bool {
        self.ends(decision).is_some_and(|day| self.today >= day)
    }

    /// True when the person need not be asked again: she has said no, or a yes to this text that holds today.
    pub fn holds(&self, decision: &ConsentDecision) -> bool {
        !decision.choice.is_yes() || (self.is_same_text(decision) && !self.has_ended(decision))
    }

    pub(super) fn deciders(&self) -> Deciders {
        self.say.deciders(self.rule, &self.family)
    }
}

/// The latest decision of each of these people.
pub(super) fn latest<'d>(people: &[PersonId], decisions: &'d [ConsentDecision]) -> Vec<&'d ConsentDecision> {
    let of = |person: &PersonId| {
        decisions.iter().filter(|decision| decision.by == *person).max_by_key(|decision| decision.seq)
    };
    people.iter().filter_map(of).collect()
}

pub(super) fn is_limited(decision: &ConsentDecision) -> bool {
    decision.choice == ConsentChoice::Limited
}
