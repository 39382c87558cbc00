//! The latest answer of each signer, and the status that follows from them. Called by the writing of submissions and by the
//! refreshing of tasks. Derives every status with the one function of `shared::round`.

use super::StoreError;
use super::entity::act_answer;
use super::guardians::Guardians;
use super::rows::MOST_IDS;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use skolstart_shared::Timestamp;
use skolstart_shared::fact::Subject;
use skolstart_shared::id::PersonId;
use skolstart_shared::round::{Evidence, Outcome, SignerAnswer, TaskStatus, status};
use std::collections::HashMap;
use uuid::Uuid;

/// One act of one round.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct ActOf {
    pub(super) round: Uuid,
    pub(super) form: String,
    pub(super) act: String,
}

/// The latest answers about some people.
#[derive(Default)]
pub(super) struct Answers(HashMap<PersonId, HashMap<ActOf, Vec<SignerAnswer>>>);

const NONE: &[SignerAnswer] = &[];

impl Answers {
    /// Reads the answers about these people in these rounds.
    pub(super) async fn about<C: ConnectionTrait>(
        db: &C,
        subjects: &[Uuid],
        rounds: &[Uuid],
    ) -> Result<Self, StoreError> {
        let mut found = Self::default();
        for part in subjects.chunks(MOST_IDS) {
            let query = act_answer::Entity::find()
                .filter(act_answer::Column::SubjectId.is_in(part.iter().copied()))
                .filter(act_answer::Column::RoundId.is_in(rounds.iter().copied()));
            for row in query.all(db).await? {
                let answer = signer_answer(&row);
                let act = ActOf { round: row.round_id, form: row.form_key, act: row.act_key };
                found.take(PersonId(row.subject_id), act, answer);
            }
        }
        Ok(found)
    }

    /// Takes in an answer; the signer's earlier one no longer counts.
    pub(super) fn take(&mut self, subject: PersonId, act: ActOf, answer: SignerAnswer) {
        let answers = self.0.entry(subject).or_default().entry(act).or_default();
        answers.retain(|known| known.signer != answer.signer);
        answers.push(answer);
    }

    pub(super) fn get(&self, subject: PersonId, act: &ActOf) -> &[SignerAnswer] {
        self.0.get(&subject).and_then(|acts| acts.get(act)).map_or(NONE, Vec::as_slice)
    }

    /// The answers that count for a child: about it, or about themselves by each of those who decide for it.
    pub(super) fn for_child(
        &self,
        child: PersonId,
        act: &ActOf,
        subject: Subject,
        guardians: &Guardians,
    ) -> Vec<SignerAnswer> {
        match subject {
            Subject::Child => self.get(child, act).to_vec(),
            Subject::Guardian => guardians
                .of_child(child)
                .iter()
                .flat_map(|guardian| {
                    self.get(*guardian, act).iter().filter(move |answer| answer.signer == *guardian)
                })
                .cloned()
                .collect(),
        }
    }
}

/// The status of an act for a child, and when it was last answered.
pub(super) fn state_of(evidence: &Evidence<'_>) -> (TaskStatus, Option<Timestamp>) {
    (status(evidence), evidence.answers.iter().map(|answer| answer.at).max())
}

/// The answer that a row holds.
pub(super) fn signer_answer(row: &act_answer::Model) -> SignerAnswer {
    SignerAnswer {
        signer: PersonId(row.signer_id),
        outcome: outcome(&row.outcome),
        at: Timestamp::from_millis(row.at),
        renewed: row.renewed_at.map(Timestamp::from_millis),
        digest: row.digest,
        returned: row.returned,
    }
}

const REFUSED: &str = "refused";

/// The word for an outcome in the database.
pub(super) fn outcome_word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Answered => "answered",
        Outcome::Refused => REFUSED,
    }
}

/// The outcome of a word. What is not a refusal is an answer.
pub(super) fn outcome(word: &str) -> Outcome {
    if word == REFUSED { Outcome::Refused } else { Outcome::Answered }
}
