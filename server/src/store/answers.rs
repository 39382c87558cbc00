//! The latest answer of each signer, and what they say about an act. Called by the writing of submissions, by the
//! refreshing of tasks and by the pages. Every status comes from [`Case`]; this module only tells it what has been answered.

use super::StoreError;
use super::entity::act_answer;
use super::rows::MOST_IDS;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use skolstart_shared::Timestamp;
use skolstart_shared::fact::Subject;
use skolstart_shared::form::{Act, ActKey, Family, FormDefinition, FormKey};
use skolstart_shared::id::{PersonId, RoundId, SubmissionId};
use skolstart_shared::round::{Case, Ground, Outcome, Round, SignerAnswer};
use std::collections::{BTreeSet, HashMap, HashSet};
use uuid::Uuid;

/// One act of one round.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct ActOf {
    pub(super) round: Uuid,
    pub(super) form: String,
    pub(super) act: String,
}

/// The latest answers about some people, by whom they are about.
#[derive(Default)]
pub struct Answers(HashMap<PersonId, HashMap<ActOf, Vec<(SignerAnswer, SubmissionId)>>>);

/// Of which rounds answers are read.
#[derive(Clone, Copy, Debug)]
pub(super) enum Rounds<'a> {
    /// Of these.
    Only(&'a [Uuid]),
    /// Of all: for forms with acts that ask whether everybody has answered before.
    All,
}

impl Answers {
    /// Reads the answers about these people.
    pub(super) async fn about<C: ConnectionTrait>(
        db: &C,
        subjects: &[Uuid],
        rounds: Rounds<'_>,
    ) -> Result<Self, StoreError> {
        let mut found = Self::default();
        for part in subjects.chunks(MOST_IDS) {
            let mut query =
                act_answer::Entity::find().filter(act_answer::Column::SubjectId.is_in(part.iter().copied()));
            if let Rounds::Only(rounds) = rounds {
                query = query.filter(act_answer::Column::RoundId.is_in(rounds.iter().copied()));
            }
            found.extend(query.all(db).await?);
        }
        Ok(found)
    }

    /// Reads the answers about these people in these forms, in every round.
    pub(super) async fn in_forms<C: ConnectionTrait>(
        db: &C,
        subjects: &[Uuid],
        forms: &[FormKey],
    ) -> Result<Self, StoreError> {
        let mut found = Self::default();
        for part in subjects.chunks(MOST_IDS) {
            let query = act_answer::Entity::find()
                .filter(act_answer::Column::SubjectId.is_in(part.iter().copied()))
                .filter(act_answer::Column::FormKey.is_in(forms.iter().map(|form| form.as_str())));
            found.extend(query.all(db).await?);
        }
        Ok(found)
    }

    fn extend(&mut self, rows: Vec<act_answer::Model>) {
        for row in rows {
            let answer = signer_answer(&row);
            let act = ActOf { round: row.round_id, form: row.form_key, act: row.act_key };
            self.take(PersonId(row.subject_id), act, answer, SubmissionId(row.submission_id));
        }
    }

    /// Takes in an answer; the signer's earlier one in the same round no longer counts.
    pub(super) fn take(&mut self, subject: PersonId, act: ActOf, answer: SignerAnswer, sent: SubmissionId) {
        let answers = self.0.entry(subject).or_default().entry(act).or_default();
        answers.retain(|(known, _)| known.signer != answer.signer);
        answers.push((answer, sent));
    }

    /// Leaves only this signer's answer to an act.
    pub(super) fn only(&mut self, subject: PersonId, act: &ActOf, signer: PersonId) {
        if let Some(answers) = self.0.get_mut(&subject).and_then(|acts| acts.get_mut(act)) {
            answers.retain(|(known, _)| known.signer == signer);
        }
    }

    /// Leaves only this signer's answers about somebody, to the forms of which that is said. Nobody else has answered, then.
    pub fn only_of(&mut self, subject: PersonId, signer: PersonId, forms: &dyn Fn(&FormKey) -> bool) {
        let Some(acts) = self.0.get_mut(&subject) else { return };
        for (act, answers) in acts.iter_mut() {
            if forms(&FormKey(act.form.clone())) {
                answers.retain(|(known, _)| known.signer == signer);
            }
        }
        acts.retain(|_, answers| !answers.is_empty());
    }

    /// True when this signer has an answer to an act.
    pub(super) fn holds(&self, subject: PersonId, act: &ActOf, signer: PersonId) -> bool {
        let answers = self.0.get(&subject).and_then(|acts| acts.get(act));
        answers.into_iter().flatten().any(|(known, _)| known.signer == signer)
    }

    /// When this signer last changed what everybody must answer to.
    pub(super) fn renewed(&self, subject: PersonId, act: &ActOf, signer: PersonId) -> Option<Timestamp> {
        let answers = self.0.get(&subject)?.get(act)?;
        answers.iter().find(|(answer, _)| answer.signer == signer)?.0.renewed
    }

    /// The answers to an act about one person, each with the submission that it came with.
    pub fn of(
        &self,
        subject: PersonId,
        round: RoundId,
        form: &FormKey,
        act: &Act,
    ) -> &[(SignerAnswer, SubmissionId)] {
        let act = ActOf { round: round.0, form: form.0.clone(), act: act.key.0.clone() };
        self.0.get(&subject).and_then(|acts| acts.get(&act)).map_or(&[], Vec::as_slice)
    }

    fn earlier(&self, subject: PersonId, round: RoundId, form: &FormKey, act: &Act) -> Vec<SignerAnswer> {
        let same = |of: &ActOf| of.round != round.0 && of.form == form.0 && of.act == act.key.0;
        let acts = self.0.get(&subject).into_iter().flatten().filter(|(of, _)| same(of));
        acts.flat_map(|(_, answers)| answers.iter().map(|(answer, _)| answer.clone())).collect()
    }

    /// As [`Self::earlier`], the last answer of each signer.
    fn last_earlier(
        &self,
        subject: PersonId,
        round: RoundId,
        form: &FormKey,
        act: &Act,
    ) -> Vec<SignerAnswer> {
        let mut last: Vec<SignerAnswer> = Vec::new();
        for answer in self.earlier(subject, round, form, act) {
            match last.iter_mut().find(|known| known.signer == answer.signer) {
                Some(known) if known.at < answer.at => *known = answer,
                Some(_) => {}
                None => last.push(answer),
            }
        }
        // What was asked about in a round that she no longer meets does not wait for her.
        last.into_iter().map(|answer| SignerAnswer { returned: false, ..answer }).collect()
    }

    /// True when somebody has answered the act about this person, in whatever round.
    pub fn has_answered(&self, subject: PersonId, form: &FormKey, act: &ActKey) -> bool {
        let is_it = |of: &ActOf| of.form == form.0 && of.act == act.0;
        self.0.get(&subject).is_some_and(|acts| acts.keys().any(is_it))
    }

    /// The forms in which something has been answered, in whatever round.
    pub fn forms(&self) -> BTreeSet<FormKey> {
        self.0.values().flat_map(HashMap::keys).map(|of| FormKey(of.form.clone())).collect()
    }

    /// True when somebody has answered something in the form about this person in the round.
    pub fn has_begun(&self, subject: PersonId, round: RoundId, form: &FormKey) -> bool {
        let is_it = |of: &ActOf| of.round == round.0 && of.form == form.0;
        self.0.get(&subject).is_some_and(|acts| acts.keys().any(is_it))
    }

    /// The rounds that something has been answered in about this person in the form.
    pub fn rounds_of(&self, subject: PersonId, form: &FormKey) -> HashSet<RoundId> {
        let acts = self.0.get(&subject).into_iter().flat_map(HashMap::keys);
        acts.filter(|of| of.form == form.0).map(|of| RoundId(of.round)).collect()
    }

    /// What this signer's answers of the round about somebody call for: each form with the form and the act that does.
    pub fn called_for(
        &self,
        subject: PersonId,
        round: RoundId,
        signer: PersonId,
    ) -> impl Iterator<Item = (&FormKey, FormKey, ActKey)> {
        let acts = self.0.get(&subject).into_iter().flatten().filter(move |(of, _)| of.round == round.0);
        acts.flat_map(move |(of, answers)| {
            let hers = answers.iter().filter(move |(answer, _)| answer.signer == signer);
            hers.flat_map(|(answer, _)| &answer.calls)
                .map(move |form| (form, FormKey(of.form.clone()), ActKey(of.act.clone())))
        })
    }

    /// The forms that something has been answered in during the round though the round does not ask for them.
    pub fn forms_beside(&self, round: &Round) -> HashSet<&str> {
        let acts = self.0.values().flat_map(HashMap::keys).filter(|of| of.round == round.id.0);
        acts.map(|of| of.form.as_str())
            .filter(|key| !round.forms.iter().any(|form| form.key.as_str() == *key))
            .collect()
    }

    /// True when an answer waits for a new one, because staff have asked about it.
    pub fn any_returned(&self) -> bool {
        self.0.values().flat_map(HashMap::values).flatten().any(|(answer, _)| answer.returned)
    }
}

/// What the answers say about the acts of one form in one round for one child.
pub struct AboutChild<'a> {
    /// The answers about the child and about those who decide for it.
    pub answers: &'a Answers,
    /// The round.
    pub round: RoundId,
    /// The form.
    pub form: &'a FormDefinition,
    /// True when the round does not ask the form and it was answered before: then what each signer answered last stands.
    pub kept: bool,
    /// Those around the child. For an act that a guardian answers about herself: she alone.
    pub family: Family<'a>,
    /// Whether an act concerns the child.
    pub applies: &'a dyn Fn(&Act) -> bool,
    /// Whether staff have exempted the child from an act.
    pub exempt: &'a dyn Fn(&Act) -> bool,
}

impl<'a> AboutChild<'a> {
    /// The case of an act of the form.
    pub fn case(&self, act: &'a Act) -> Case<'a> {
        Case::of(self.form, act, self.family, self)
    }

    /// The answers that count for the child: about it, or about themselves by each of those who decide for it.
    fn each(&self, act: &Act, of: impl Fn(PersonId) -> Vec<SignerAnswer>) -> Vec<SignerAnswer> {
        match act.subject {
            Subject::Child => of(self.family.pupil),
            Subject::Guardian => {
                let mut own = Vec::new();
                for who in self.family.guardians {
                    own.extend(of(*who).into_iter().filter(|answer| answer.signer == *who));
                }
                own
            }
        }
    }
}

impl Ground for AboutChild<'_> {
    fn answers(&self, act: &Act) -> Vec<SignerAnswer> {
        let of = |who: PersonId| {
            let now = self.answers.of(who, self.round, &self.form.key, act).iter();
            let mut found: Vec<SignerAnswer> = now.map(|(answer, _)| answer.clone()).collect();
            if self.kept {
                let before = self.answers.last_earlier(who, self.round, &self.form.key, act);
                let is_new = |answer: &SignerAnswer| found.iter().all(|now| now.signer != answer.signer);
                let before: Vec<_> = before.into_iter().filter(is_new).collect();
                found.extend(before);
            }
            found
        };
        self.each(act, of)
    }

    fn earlier(&self, act: &Act) -> Vec<SignerAnswer> {
        self.each(act, |who| self.answers.earlier(who, self.round, &self.form.key, act))
    }

    fn applies(&self, act: &Act) -> bool {
        (self.applies)(act)
    }

    fn is_exempt(&self, act: &Act) -> bool {
        (self.exempt)(act)
    }
}

/// The answer that a row holds.
fn signer_answer(row: &act_answer::Model) -> SignerAnswer {
    SignerAnswer {
        signer: PersonId(row.signer_id),
        outcome: outcome(&row.outcome),
        at: Timestamp::from_millis(row.at),
        renewed: row.renewed_at.map(Timestamp::from_millis),
        digest: row.digest,
        returned: row.returned,
        calls: row
            .calls
            .iter()
            .flat_map(|calls| calls.split(' '))
            .map(|key| FormKey(key.to_owned()))
            .collect(),
    }
}

/// The forms that an answer calls for, as they stand in its row.
pub(super) fn calls_words(calls: &[FormKey]) -> Option<String> {
    let words: Vec<&str> = calls.iter().map(FormKey::as_str).collect();
    (!words.is_empty()).then(|| words.join(" "))
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
