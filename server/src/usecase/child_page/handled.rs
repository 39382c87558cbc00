//! What staff have done to the tasks of the child, and what people have answered differently.

use super::Desk;
use crate::store::ChangeLine;
use crate::usecase::changes::{asked, may_return};
use skolstart_shared::Timestamp;
use skolstart_shared::api::{ActName, ExemptOut, ReturnedOut, StaffFact, StaffVersion, TaskChange};
use skolstart_shared::fact::{Freshness, Source, Subject};
use skolstart_shared::form::{Act, Answers, Field, FieldKey, FormDefinition};
use skolstart_shared::id::{PersonId, SubmissionId};
use skolstart_shared::round::{Round, SignerAnswer, TaskStatus};

impl Desk<'_> {
    /// What is asked about the answer just now, for those who see the answer.
    pub(super) fn returned(
        &self,
        round: &Round,
        form: &FormDefinition,
        act: &Act,
        status: TaskStatus,
    ) -> Option<ReturnedOut> {
        let name = ActName { form: form.key.clone(), act: act.key.clone() };
        (status == TaskStatus::Returned && self.reads(act))
            .then(|| asked(&self.file.changes, self.file.child.id, round.id, &name))?
    }

    /// The questions that can be asked about: none without an answer that the reader sees.
    pub(super) fn askable(&self, round: &Round, form: &FormDefinition, act: &Act) -> Vec<(FieldKey, String)> {
        if !may_return(act) || !self.reads(act) || self.sent(round, form, act).is_empty() {
            return Vec::new();
        }
        let label = |field: &Field| (field.key.clone(), field.label.get(self.locale).to_owned());
        act.fields.iter().map(label).collect()
    }

    /// Why the act, or with `None` the whole round, does not have to be answered.
    pub(super) fn exempt(&self, round: &Round, act: Option<&ActName>) -> Option<ExemptOut> {
        let about = |line: &&ChangeLine| line.done.round == round.id && line.done.act.as_ref() == act;
        let last = self.file.changes.iter().filter(about).rev();
        let mut last =
            last.filter(|line| matches!(line.done.change, TaskChange::Exempt(_) | TaskChange::EndExempt));
        let line = last.next()?;
        match &line.done.change {
            TaskChange::Exempt(reason) => {
                Some(ExemptOut { at: line.at, by: self.name_of(line.by), reason: reason.clone() })
            }
            _ => None,
        }
    }

    /// What each has answered, field by field in the same order.
    pub(super) fn versions(
        &self,
        round: &Round,
        form: &FormDefinition,
        act: &Act,
        status: TaskStatus,
    ) -> Vec<StaffVersion> {
        if status != TaskStatus::Conflict || !self.reads(act) {
            return Vec::new();
        }
        let sent = self.sent(round, form, act);
        let given: Vec<(&SignerAnswer, &Answers)> = sent
            .iter()
            .filter(|(answer, _)| self.file.child.guardians.contains(&answer.signer))
            .filter_map(|(answer, id)| Some((answer, self.answers_in(*id, form, act)?)))
            .collect();
        let is_read = |field: &Field| field.element.is_none() || self.element(field).is_some();
        let said = |field: &&Field| {
            is_read(field) && given.iter().any(|(_, answers)| answers.get(&field.key).is_some())
        };
        let fields: Vec<&Field> = act.fields.iter().filter(said).collect();
        let differs = |field: &&Field| {
            given.windows(2).any(|pair| pair[0].1.get(&field.key) != pair[1].1.get(&field.key))
        };
        let differs: Vec<bool> = fields.iter().map(differs).collect();
        let version = |(answer, answers): &(&SignerAnswer, &Answers)| StaffVersion {
            by: self.name_of(answer.signer),
            at: answer.at,
            answers: fields.iter().map(|field| self.said(field, answers)).collect(),
            differs: differs.clone(),
        };
        given.iter().map(version).collect()
    }

    /// When somebody last answered the act about the child, or about herself.
    pub(super) fn answered(&self, round: &Round, form: &FormDefinition, act: &Act) -> Option<Timestamp> {
        let guardians = self.file.child.guardians.iter().filter(|guardian| self.may_show(**guardian));
        let subjects: Vec<PersonId> = match act.subject {
            Subject::Child => vec![self.file.child.id],
            Subject::Guardian => guardians.copied().collect(),
        };
        let of = |subject: &PersonId| self.file.answers.of(*subject, round.id, &form.key, act).iter();
        subjects.iter().flat_map(of).map(|(answer, _)| answer.at).max()
    }

    /// What was answered to a question that belongs to no element, where the answer goes to a task of the reader's: each thing
    /// said once, what was said last first.
    pub(super) fn only_here(
        &self,
        round: &Round,
        form: &FormDefinition,
        act: &Act,
        field: &Field,
    ) -> Vec<StaffFact> {
        let mut sent: Vec<_> = self.sent(round, form, act).iter().collect();
        sent.sort_by_key(|(answer, _)| std::cmp::Reverse(answer.at));
        let mut facts: Vec<StaffFact> = Vec::new();
        for (answer, id) in sent {
            let value = self.answers_in(*id, form, act).and_then(|answers| answers.get(&field.key));
            let Some(value) = value.filter(|value| !value.is_empty()) else { continue };
            if facts.iter().any(|fact| fact.value.as_ref() == Some(value)) {
                continue;
            }
            facts.push(StaffFact {
                value: Some(value.clone()),
                source: Some(Source::Guardian),
                by: self.name_of(answer.signer),
                confirmed: Some(answer.at),
                freshness: Freshness::Known,
                ..self.missing(field, None)
            });
        }
        facts
    }

    fn sent(&self, round: &Round, form: &FormDefinition, act: &Act) -> &[(SignerAnswer, SubmissionId)] {
        self.file.answers.of(self.file.child.id, round.id, &form.key, act)
    }

    fn answers_in(&self, id: SubmissionId, form: &FormDefinition, act: &Act) -> Option<&Answers> {
        let child = Some(self.file.child.id);
        let content = self.file.sent.get(&id)?;
        let sent = content
            .acts
            .iter()
            .find(|sent| sent.form.key == form.key && sent.act == act.key && sent.child == child)?;
        Some(&sent.answers)
    }

    fn said(&self, field: &Field, answers: &Answers) -> StaffFact {
        let value = answers.get(&field.key).cloned();
        let freshness = if value.is_some() { Freshness::Known } else { Freshness::Missing };
        StaffFact { value, freshness, ..self.missing(field, None) }
    }
}
