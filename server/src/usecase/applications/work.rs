//! What can be done with an application, checked against all that has happened with it, and what is written then.

use super::StepError;
use super::desk::{Desk, Subject};
use crate::policy::Principal;
use crate::store::{ApplicationFile, PlannedFact, PlannedSnapshot, Published, StepPlan};
use skolstart_shared::access::Function;
use skolstart_shared::api::{ApplicationEvent, Conflict};
use skolstart_shared::application::{
    ApplicationState, Decided, Decision, Opinion, PupilView, check_decision, check_opinion, check_view,
};
use skolstart_shared::fact::{Provenance, Source, Value};
use skolstart_shared::form::{Answers, DecisionOutcome};
use skolstart_shared::id::ChangeId;
use skolstart_shared::{Code, Timestamp, Violation};

/// What a step is checked against.
pub(super) struct Work<'a> {
    pub(super) published: &'a Published,
    pub(super) desk: &'a Desk<'a>,
    pub(super) subject: &'a Subject<'a>,
    pub(super) file: &'a ApplicationFile,
    pub(super) tasks: Vec<Function>,
    pub(super) now: Timestamp,
}

impl Work<'_> {
    /// True when the same was done before under this id.
    fn done_before(
        &self,
        principal: &Principal,
        id: ChangeId,
        what: &ApplicationEvent,
    ) -> Result<bool, StepError> {
        let Some(earlier) = self.subject.record.events.iter().find(|event| event.id == id) else {
            return Ok(false);
        };
        if earlier.by == principal.person() && earlier.what == *what {
            Ok(true)
        } else {
            Err(StepError::Other)
        }
    }

    pub(super) fn opinion(
        &self,
        principal: &Principal,
        id: ChangeId,
        opinion: &Opinion,
    ) -> Result<Option<StepPlan>, StepError> {
        let applied = self.applied();
        let checked = check_opinion(self.subject.act, &applied, opinion, &self.subject.setting);
        let checked = checked.map_err(StepError::Invalid)?;
        let what = ApplicationEvent::Opinion(Opinion {
            words: opinion.words.trim().to_owned(),
            fields: checked.fields,
        });
        if self.done_before(principal, id, &what)? {
            return Ok(None);
        }
        if !self.subject.rule.opinion.is_some_and(|function| self.tasks.contains(&function)) {
            return Err(StepError::Invalid(vec![Violation::new("", Code::NotASigner)]));
        }
        if self.desk.stand(self.subject).state.is_closed() {
            return Err(StepError::Moved);
        }
        Ok(Some(self.plan(id, what, false)))
    }

    /// What the pupil says is taken down by whoever has a task with the application.
    pub(super) fn pupil(
        &self,
        principal: &Principal,
        id: ChangeId,
        view: &PupilView,
    ) -> Result<Option<StepPlan>, StepError> {
        check_view(view).map_err(StepError::Invalid)?;
        let what = ApplicationEvent::Pupil(PupilView { words: view.words.trim().to_owned(), ..view.clone() });
        if self.done_before(principal, id, &what)? {
            return Ok(None);
        }
        if self.desk.pupil(self.subject).is_none() {
            return Err(StepError::Invalid(vec![Violation::new("", Code::NotASigner)]));
        }
        if self.desk.stand(self.subject).state.is_closed() {
            return Err(StepError::Moved);
        }
        Ok(Some(self.plan(id, what, false)))
    }

    pub(super) fn decide(
        &self,
        principal: &Principal,
        id: ChangeId,
        seen: u32,
        decision: &Decision,
    ) -> Result<Option<StepPlan>, StepError> {
        let applied = self.applied();
        let checked = check_decision(self.subject.act, &applied, decision, &self.subject.setting);
        let checked = checked.map_err(StepError::Invalid)?;
        let Some(function) = checked.decider.filter(|function| self.tasks.contains(function)) else {
            let whose = checked.decider.map_or("", Function::as_str);
            return Err(StepError::Invalid(vec![
                Violation::new("", Code::NotASigner).with("function", whose),
            ]));
        };
        let reasons = decision.reasons.trim().to_owned();
        let decision = Decision { reasons, fields: checked.fields, ..decision.clone() };
        let what = ApplicationEvent::Decided(Decided { decision: decision.clone(), function });
        if self.done_before(principal, id, &what)? {
            return Ok(None);
        }
        self.may_decide(seen, &decision)?;
        let closes = decision.outcome != DecisionOutcome::Waiting;
        let mut plan = self.plan(id, what, closes);
        plan.known = self.becomes_known(principal, &decision, &applied);
        Ok(Some(plan))
    }

    /// A decided application is decided anew only by whoever names the decision that is changed.
    fn may_decide(&self, seen: u32, decision: &Decision) -> Result<(), StepError> {
        let record = self.subject.record;
        let last = record.decided();
        if last.map(|(event, _)| event.id) != decision.changes {
            let Some((event, theirs)) = last else {
                return Err(StepError::Invalid(vec![Violation::new("changes", Code::UnknownOption)]));
            };
            return Err(StepError::AlreadyDecided(both(event.at, &theirs.decision, self.now, decision)));
        }
        if usize::try_from(seen).ok() != Some(record.applied().count()) {
            return Err(StepError::Moved);
        }
        let refuses = decision.outcome == DecisionOutcome::Refused;
        match self.desk.stand(self.subject).state {
            ApplicationState::Withdrawn | ApplicationState::Superseded => Err(StepError::Moved),
            ApplicationState::WaitingForOpinion => {
                Err(StepError::Invalid(vec![Violation::new("opinion", Code::Required)]))
            }
            // Without everybody's signature there is nothing to say yes to.
            ApplicationState::WaitingForOther | ApplicationState::Conflict if !refuses => {
                Err(StepError::Invalid(vec![Violation::new("answers", Code::Required)]))
            }
            _ => Ok(()),
        }
    }

    fn applied(&self) -> Answers {
        self.desk.latest(self.subject.record).map(|(.., answers)| answers).unwrap_or_default()
    }

    fn plan(&self, id: ChangeId, what: ApplicationEvent, closes: bool) -> StepPlan {
        let record = self.subject.record;
        StepPlan {
            id,
            application: record.id,
            child: record.child,
            expected: record.events.len(),
            what,
            at: self.now,
            closes,
            known: None,
            unanswers: None,
        }
    }

    /// What was granted becomes a fact. What a changed decision no longer grants is taken away.
    fn becomes_known(
        &self,
        principal: &Principal,
        decision: &Decision,
        applied: &Answers,
    ) -> Option<(Vec<PlannedFact>, PlannedSnapshot)> {
        let mut all = applied.clone();
        all.0.extend(decision.fields.0.clone());
        let mut snapshot = self.file.snapshot.clone();
        let expected = snapshot.version;
        let (me, subject) = (principal.person(), self.subject.record.child);
        let mut facts = Vec::new();
        for (element, value) in self.subject.rule.makes_known(decision.outcome, &all) {
            if self.published.catalogue().get(&element).is_none() {
                continue;
            }
            let value = match value {
                Some(value) => value,
                None if decision.changes.is_some() => Value::Text(String::new()),
                None => continue,
            };
            let entry = snapshot.record(&element, value, Source::Staff, Some(me), self.now);
            facts.push(PlannedFact { subject, element, entry });
        }
        (!facts.is_empty()).then_some((facts, PlannedSnapshot { subject, expected, snapshot }))
    }
}

/// What somebody else decided, and what the sender said.
fn both(at: Timestamp, theirs: &Decision, now: Timestamp, mine: &Decision) -> Vec<Conflict> {
    let said = |decision: &Decision, from: Provenance, at: Timestamp| {
        let of = |path: &str, value: Value| Conflict {
            path: path.to_owned(),
            theirs: Some(value),
            from,
            at,
            version: 0,
        };
        let outcome = Value::Choice(decision.outcome.as_str().to_owned());
        [of("outcome", outcome), of("reasons", Value::Text(decision.reasons.clone()))]
    };
    let theirs = said(theirs, Provenance::Staff, at);
    theirs.into_iter().chain(said(mine, Provenance::You, now)).collect()
}
