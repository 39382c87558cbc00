use super::case::{ConsentCase, is_limited, latest};
use super::decision::{ConsentChoice, ConsentDecision};
use super::say::Deciders;
use crate::date::{Date, Timestamp};
use crate::id::PersonId;
use serde::{Deserialize, Serialize};

/// What holds for one child, purpose and channel. Only [`Self::Given`] allows anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// Nobody has answered what is asked now.
    NotAnswered,
    /// Somebody has said yes, and somebody who must has not answered: [`ConsentCase::waits_for`].
    Waiting,
    /// All who decide have said yes, the last of them then.
    Given(Timestamp),
    /// All who decide have said yes, and at least one of them with a limit that must be read first.
    Limited(Timestamp),
    /// Somebody has said no, and nobody yes.
    Refused(Timestamp),
    /// One has said no and another yes: no holds.
    Conflict(Timestamp),
    /// Somebody has said yes and then no.
    Withdrawn(Timestamp),
    /// All had said yes; the first of them ended on this day, and is asked anew.
    Expired(Date),
    /// The child's identity is protected: always no (facts 3.4 rule 7).
    Blocked,
}

/// How many still have to answer, without saying who.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct WaitsFor {
    /// How many guardians beside the reader.
    pub guardians: u8,
    /// The pupil has an own say, and has not said it.
    pub pupil: bool,
}

impl Standing {
    /// True when publication is allowed, without limit.
    pub fn allows(self) -> bool {
        matches!(self, Self::Given(_))
    }
}

/// Derives what stands for one child and purpose from all decisions about it, in whatever order they come. Decisions of people
/// who do not decide for the child today do not count; with nobody known who decides nothing is allowed.
pub fn standing(case: &ConsentCase<'_>, decisions: &[ConsentDecision]) -> Standing {
    if case.protected {
        return Standing::Blocked;
    }
    let deciders = case.deciders();
    let heard = latest(&deciders.heard, decisions);
    // The first "no" is the one that stopped it.
    if let Some(no) = heard.iter().filter(|decision| !decision.choice.is_yes()).min_by_key(|no| no.seq) {
        return match no.choice {
            ConsentChoice::Withdrawn => Standing::Withdrawn(no.at),
            _ if heard.iter().any(|decision| decision.choice.is_yes()) => Standing::Conflict(no.at),
            _ => Standing::Refused(no.at),
        };
    }
    let missing = missing(case, &deciders, decisions);
    let holding: Vec<_> = heard.iter().copied().filter(|decision| case.holds(decision)).collect();
    match holding.iter().map(|decision| decision.at).max() {
        Some(last) if missing.is_empty() && !deciders.is_empty() => {
            if holding.iter().any(|decision| is_limited(decision)) {
                Standing::Limited(last)
            } else {
                Standing::Given(last)
            }
        }
        holding => match ended(case, &missing, decisions) {
            Some(day) => Standing::Expired(day),
            None if holding.is_some() => Standing::Waiting,
            None => Standing::NotAnswered,
        },
    }
}

impl ConsentCase<'_> {
    /// Those without whose yes nothing is allowed, and who have not said it. Nobody where a no or a protection stops it.
    pub fn waits_for(&self, decisions: &[ConsentDecision]) -> Vec<PersonId> {
        match standing(self, decisions) {
            Standing::NotAnswered | Standing::Waiting | Standing::Expired(_) => {
                missing(self, &self.deciders(), decisions)
            }
            _ => Vec::new(),
        }
    }

    /// The same in numbers, seen by `me`.
    pub fn waits_for_others(&self, decisions: &[ConsentDecision], me: PersonId) -> WaitsFor {
        let who = self.waits_for(decisions);
        let guardians = who.iter().filter(|who| **who != me && **who != self.family.pupil).count();
        let pupil = who.contains(&self.family.pupil) && me != self.family.pupil;
        WaitsFor { guardians: u8::try_from(guardians).unwrap_or(u8::MAX), pupil }
    }

    /// The decisions whose limits have to be read before anything is allowed, by their place in the server's order.
    pub fn limited(&self, decisions: &[ConsentDecision]) -> Vec<i64> {
        let heard = latest(&self.deciders().heard, decisions);
        heard.into_iter().filter(|said| is_limited(said) && self.holds(said)).map(|said| said.seq).collect()
    }

    /// Those whose answer counts here today: whoever else says something says it for nobody.
    pub fn heard(&self) -> Vec<PersonId> {
        self.deciders().heard
    }

    /// The first day on which what is given no longer holds.
    pub fn until(&self, decisions: &[ConsentDecision]) -> Option<Date> {
        match standing(self, decisions) {
            Standing::Given(_) | Standing::Limited(_) => {
                let deciders = self.deciders();
                let all = latest(&deciders.all, decisions).into_iter().filter_map(|yes| self.ends(yes)).min();
                // Where one is enough, the last yes to end decides.
                let any = latest(&deciders.any, decisions).into_iter().filter(|said| self.holds(said));
                let any = any.filter_map(|yes| self.ends(yes)).max();
                all.into_iter().chain(any).min()
            }
            _ => None,
        }
    }
}

impl Deciders {
    fn is_empty(&self) -> bool {
        self.all.is_empty() && self.any.is_empty()
    }
}

/// Those whose yes is needed and does not hold.
fn missing(case: &ConsentCase<'_>, deciders: &Deciders, decisions: &[ConsentDecision]) -> Vec<PersonId> {
    let says_yes = |person: &PersonId| {
        let said = latest(std::slice::from_ref(person), decisions);
        said.iter().any(|decision| decision.choice.is_yes() && case.holds(decision))
    };
    let mut missing: Vec<PersonId> = deciders.all.iter().copied().filter(|who| !says_yes(who)).collect();
    if !deciders.any.iter().any(says_yes) {
        missing.extend(&deciders.any);
    }
    missing
}

/// The day on which the first yes ended, when nothing but that stands in the way.
fn ended(case: &ConsentCase<'_>, missing: &[PersonId], decisions: &[ConsentDecision]) -> Option<Date> {
    let said = latest(missing, decisions);
    let only_ended = !said.is_empty()
        && said.len() == missing.len()
        && said.iter().all(|decision| decision.choice.is_yes() && case.is_same_text(decision));
    if !only_ended {
        return None;
    }
    said.iter().filter_map(|decision| case.ends(decision)).filter(|day| *day <= case.today).min()
}
