use crate::date::{Date, Timestamp};
use crate::form::SignersRule;
use crate::id::PersonId;
use serde::{Deserialize, Serialize};

/// How far an act for one child has come. Every status is shown as an icon and a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum TaskStatus {
    /// Nobody has answered.
    NotStarted,
    /// The round has closed and answers are missing.
    Expired,
    /// Somebody has answered, another guardian has not.
    WaitingForOther,
    /// Answered by all who must.
    Complete,
    /// Answered, and the answer is no to everything.
    Declined,
}

impl TaskStatus {
    /// All, in the order of lists: what needs action first.
    pub const ALL: [Self; 5] =
        [Self::Expired, Self::NotStarted, Self::WaitingForOther, Self::Declined, Self::Complete];

    /// The status as it is seen on `today`: what is not done when the round has closed has expired. Stores keep the
    /// status without this, so that nothing has to be written when a day passes.
    #[must_use]
    pub fn seen_on(self, today: Date, closes: Date) -> Self {
        if !self.is_done() && today > closes { Self::Expired } else { self }
    }

    /// True when nobody needs to do anything more.
    pub fn is_done(self) -> bool {
        matches!(self, Self::Complete | Self::Declined)
    }

    /// The name in kebab case, as on the wire and in the translation keys.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NotStarted => "not-started",
            Self::Expired => "expired",
            Self::WaitingForOther => "waiting-for-other",
            Self::Complete => "complete",
            Self::Declined => "declined",
        }
    }

    /// The status with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str() == name)
    }
}

/// What one person's answer amounts to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// Answered.
    Answered,
    /// No to every purpose of a consent.
    Refused,
}

/// The latest answer of one person to an act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignerAnswer {
    /// Who.
    pub signer: PersonId,
    /// What it amounts to.
    pub outcome: Outcome,
    /// When the server received it.
    pub at: Timestamp,
}

/// All that a status is derived from.
#[derive(Clone, Debug)]
pub struct Evidence<'a> {
    /// Who must answer.
    pub rule: SignersRule,
    /// Those who decide for the child today.
    pub guardians: &'a [PersonId],
    /// The latest answer of each person in this round.
    pub answers: &'a [SignerAnswer],
}

/// Derives the status of an act for one child. Answers of people who no longer decide for the child do not count. One
/// "no" to everything counts at once, before the others have answered: nothing is allowed until all have said yes.
pub fn status(evidence: &Evidence<'_>) -> TaskStatus {
    let standing: Vec<&SignerAnswer> =
        evidence.answers.iter().filter(|answer| evidence.guardians.contains(&answer.signer)).collect();
    if standing.iter().any(|answer| answer.outcome == Outcome::Refused) {
        return TaskStatus::Declined;
    }
    let answered: Vec<PersonId> = standing.iter().map(|answer| answer.signer).collect();
    if !answered.is_empty() && evidence.rule.missing(evidence.guardians, &answered).is_empty() {
        return TaskStatus::Complete;
    }
    if answered.is_empty() { TaskStatus::NotStarted } else { TaskStatus::WaitingForOther }
}

/// What an act asks of one guardian.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum MyPart {
    /// She has not answered and must.
    ToDo,
    /// She has answered.
    Done,
    /// Another guardian has answered and one is enough. She may still answer.
    DoneByOther,
}

/// What is left for `me`.
pub fn my_part(evidence: &Evidence<'_>, me: PersonId) -> MyPart {
    let answered: Vec<PersonId> = evidence
        .answers
        .iter()
        .filter(|answer| evidence.guardians.contains(&answer.signer))
        .map(|answer| answer.signer)
        .collect();
    if answered.contains(&me) {
        MyPart::Done
    } else if evidence.rule.missing(evidence.guardians, &answered).contains(&me) {
        MyPart::ToDo
    } else {
        MyPart::DoneByOther
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn person(n: u128) -> PersonId {
        PersonId(Uuid::from_u128(n))
    }

    fn answer(n: u128, outcome: Outcome) -> SignerAnswer {
        SignerAnswer { signer: person(n), outcome, at: Timestamp::from_millis(0) }
    }

    fn status_of(rule: SignersRule, answers: &[SignerAnswer]) -> TaskStatus {
        let guardians = [person(1), person(2)];
        status(&Evidence { rule, guardians: &guardians, answers })
    }

    #[test]
    fn one_no_counts_before_the_other_has_answered() {
        let no = [answer(1, Outcome::Refused)];
        assert_eq!(status_of(SignersRule::AllGuardians, &no), TaskStatus::Declined);
        let both = [answer(1, Outcome::Refused), answer(2, Outcome::Answered)];
        assert_eq!(status_of(SignersRule::AllGuardians, &both), TaskStatus::Declined);
    }

    #[test]
    fn all_guardians_wait_for_the_other_and_any_does_not() {
        let one = [answer(1, Outcome::Answered)];
        assert_eq!(status_of(SignersRule::AllGuardians, &one), TaskStatus::WaitingForOther);
        assert_eq!(status_of(SignersRule::AnyGuardian, &one), TaskStatus::Complete);
        assert_eq!(status_of(SignersRule::AllGuardians, &[]), TaskStatus::NotStarted);
    }

    #[test]
    fn answers_of_somebody_who_no_longer_decides_do_not_count() {
        let former = [answer(9, Outcome::Answered)];
        assert_eq!(status_of(SignersRule::AnyGuardian, &former), TaskStatus::NotStarted);
        let former_no = [answer(9, Outcome::Refused)];
        assert_eq!(status_of(SignersRule::AllGuardians, &former_no), TaskStatus::NotStarted);
    }
}
