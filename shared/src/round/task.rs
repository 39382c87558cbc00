use super::status::TaskStatus;
use crate::date::Timestamp;
use crate::form::{Act, Family, FormKey, Signers, SignersRule};
use crate::id::PersonId;
use serde::{Deserialize, Serialize};

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
    /// When this person last changed a field that needs everybody's answer, if ever.
    pub renewed: Option<Timestamp>,
    /// A digest of the answers; two people who agree have the same. `None`: not compared.
    pub digest: Option<i64>,
    /// Staff have asked about it and there is no newer answer.
    pub returned: bool,
    /// The other forms that it calls for.
    pub calls: Vec<FormKey>,
}

impl SignerAnswer {
    /// An answer that nothing has been said about.
    pub fn new(signer: PersonId, outcome: Outcome, at: Timestamp) -> Self {
        Self { signer, outcome, at, renewed: None, digest: None, returned: false, calls: Vec::new() }
    }
}

/// All that a status is derived from.
#[derive(Clone, Copy, Debug)]
pub struct Evidence<'a> {
    /// Who must answer.
    pub rule: &'a SignersRule,
    /// Those around the child today.
    pub family: Family<'a>,
    /// The latest answer of each person in this round.
    pub answers: &'a [SignerAnswer],
    /// True for what guardians must agree on: an application or an agreement.
    pub joint: bool,
    /// What does not come from answers.
    pub around: Around,
}

/// What decides about a task beside the answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Around {
    /// Staff have said that the child does not have to be answered for.
    pub exempt: bool,
    /// The act that comes before is not complete.
    pub not_yet: bool,
    /// Nobody has to answer.
    pub on_demand: bool,
    /// When staff last answered the act that comes before. An answer from before that is to something else.
    pub since: Option<Timestamp>,
}

impl<'a> Evidence<'a> {
    /// The evidence about an act of a form.
    pub fn of(act: &'a Act, family: Family<'a>, answers: &'a [SignerAnswer], around: Around) -> Self {
        Self { rule: &act.signers, family, answers, joint: act.kind.is_joint(), around }
    }

    fn signers(&self) -> Signers {
        self.rule.signers(&self.family)
    }

    /// The answers of those who have to answer today.
    fn standing(&self, signers: &Signers) -> Vec<&'a SignerAnswer> {
        let counts =
            |answer: &&SignerAnswer| self.rule.staff().is_some() || signers.who.contains(&answer.signer);
        self.answers.iter().filter(counts).collect()
    }

    /// Those whose answer holds: given since the last change that everybody must answer to, and not returned.
    fn answered(&self, standing: &[&SignerAnswer]) -> Vec<PersonId> {
        let renewed = standing.iter().filter_map(|answer| answer.renewed).max();
        let since = renewed.max(self.around.since);
        let holds =
            |answer: &&&SignerAnswer| !answer.returned && since.is_none_or(|since| answer.at >= since);
        standing.iter().filter(holds).map(|answer| answer.signer).collect()
    }

    /// When the last change came that everybody must answer to, for somebody who answered before it.
    pub fn renewed_since(&self, me: PersonId) -> Option<Timestamp> {
        let signers = self.signers();
        let standing = self.standing(&signers);
        let since = standing.iter().filter_map(|answer| answer.renewed).max()?;
        standing.iter().any(|answer| answer.signer == me && answer.at < since).then_some(since)
    }

    /// Those who still have to answer.
    pub fn missing(&self) -> Vec<PersonId> {
        let signers = self.signers();
        let standing = self.standing(&signers);
        signers.missing(&self.answered(&standing))
    }
}

/// Derives the status of an act for one child. Answers of people who no longer decide for the child do not count. One
/// "no" to everything counts at once, before the others have answered: nothing is allowed until all have said yes.
pub fn status(evidence: &Evidence<'_>) -> TaskStatus {
    let signers = evidence.signers();
    let standing = evidence.standing(&signers);
    let answered = evidence.answered(&standing);
    if standing.iter().any(|answer| answer.outcome == Outcome::Refused) {
        return TaskStatus::Declined;
    }
    // Where one answer is enough, anybody's answer is the answer to the question.
    let is_asked = standing.iter().any(|answer| answer.returned);
    let is_settled_by_another = signers.one_is_enough && !answered.is_empty();
    if is_asked && !is_settled_by_another {
        return TaskStatus::Returned;
    }
    let staff_left = |count: u8| answered.len() < usize::from(count);
    if answered.is_empty() || evidence.rule.staff().is_some_and(|(_, count)| staff_left(count)) {
        return unanswered(evidence, answered.is_empty());
    }
    if evidence.joint && disagree(&standing) {
        return TaskStatus::Conflict;
    }
    if signers.missing(&answered).is_empty() { TaskStatus::Complete } else { TaskStatus::WaitingForOther }
}

fn unanswered(evidence: &Evidence<'_>, untouched: bool) -> TaskStatus {
    let around = evidence.around;
    if around.exempt {
        TaskStatus::Exempt
    } else if around.not_yet {
        TaskStatus::NotYet
    } else if evidence.rule.staff().is_some() {
        TaskStatus::WaitingForStaff
    } else if around.on_demand {
        TaskStatus::Voluntary
    } else if untouched {
        TaskStatus::NotStarted
    } else {
        TaskStatus::WaitingForOther
    }
}

fn disagree(standing: &[&SignerAnswer]) -> bool {
    let mut digests = standing.iter().filter_map(|answer| answer.digest);
    digests.next().is_some_and(|first| digests.any(|other| other != first))
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
    /// She may answer and does not have to: nobody has asked for it, or the child is exempt.
    MayDo,
    /// Nothing to do for her now: staff have their part, or another act comes first.
    Waits,
}

/// What is left for `me`.
pub fn my_part(evidence: &Evidence<'_>, me: PersonId) -> MyPart {
    let signers = evidence.signers();
    let standing = evidence.standing(&signers);
    let answered = evidence.answered(&standing);
    let around = evidence.around;
    if evidence.rule.staff().is_some() || !signers.who.contains(&me) {
        MyPart::Waits
    } else if answered.contains(&me) {
        MyPart::Done
    } else if !signers.missing(&answered).contains(&me) {
        MyPart::DoneByOther
    } else if !standing.is_empty() {
        MyPart::ToDo
    } else if around.not_yet {
        MyPart::Waits
    } else if around.on_demand || around.exempt {
        MyPart::MayDo
    } else {
        MyPart::ToDo
    }
}

#[cfg(test)]
mod tests;
