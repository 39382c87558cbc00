use super::desk::{Desk, Subject};
use super::{StepError, TRIES};
use crate::policy::{Grant, HandleApplications, Principal};
use crate::store::{
    ApplicationFile, Changed, PlannedFact, PlannedSnapshot, Published, StepPlan, StepWritten, Store,
};
use crate::usecase::{changes, unit_answers};
use skolstart_shared::access::{Function, Role};
use skolstart_shared::api::{
    ActName, ApplicationEvent, ApplicationStep, ApplicationStepIn, Conflict, TaskChange, TaskChangeIn,
};
use skolstart_shared::application::{
    ApplicationState, Decided, Decision, Opinion, check_decision, check_opinion,
};
use skolstart_shared::fact::{Provenance, Source, Value};
use skolstart_shared::form::{Act, Answers, DecisionOutcome};
use skolstart_shared::id::{ApplicationId, ChangeId};
use skolstart_shared::{Code, Timestamp, Violation};

/// Does something with an application. The same id and content again is the same as once.
///
/// # Errors
/// See [`StepError`].
pub async fn step(
    store: &Store,
    grant: Grant<HandleApplications>,
    principal: &Principal,
    (application, id): (ApplicationId, ChangeId),
    input: ApplicationStepIn,
) -> Result<(), StepError> {
    for _ in 0..TRIES {
        let (now, today) = (store.clock().now(), store.clock().today());
        let published = store.published();
        let file = store.application(&grant, today).await?.ok_or(StepError::NotFound)?;
        let units = store.units_to_choose(today).await?;
        let locale = principal.locale();
        let desk = Desk { published: &published, list: &file.list, today, locale, clock: store.clock() };
        let found = file.list.applications.iter().find(|record| record.id == application);
        let subject = found.and_then(|record| desk.subject(record)).ok_or(StepError::NotFound)?;
        let tasks = desk.tasks(principal, subject.child);
        if !subject.rule.concerned().any(|function| tasks.contains(&function)) {
            return Err(StepError::NotFound);
        }
        let work = Work { published: &published, desk: &desk, subject: &subject, file: &file, tasks, now };
        let plan = match (&input.step, asks(&work, &input.step)?) {
            (_, Some(ask)) => return send_question(store, &grant, id, ask, now).await,
            (ApplicationStep::Opinion(opinion), _) => work.opinion(principal, id, opinion)?,
            (ApplicationStep::Decide(decision), _) => {
                let wrong = unknown_units(&subject, &decision.fields, &units);
                if !wrong.is_empty() {
                    return Err(StepError::Invalid(wrong));
                }
                work.decide(principal, id, input.seen, decision)?
            }
            _ => None,
        };
        let Some(plan) = plan else { return Ok(()) };
        match store.write_step(&grant, plan).await? {
            StepWritten::Done => return Ok(()),
            StepWritten::Other => return Err(StepError::Other),
            StepWritten::Moved => {}
        }
    }
    Err(StepError::Moved)
}

/// What a step is checked against.
struct Work<'a> {
    published: &'a Published,
    desk: &'a Desk<'a>,
    subject: &'a Subject<'a>,
    file: &'a ApplicationFile,
    tasks: Vec<Function>,
    now: Timestamp,
}

impl Work<'_> {
    /// `None`: it was done before.
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

    fn opinion(
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

    fn decide(
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

fn unknown_units(
    subject: &Subject<'_>,
    fields: &Answers,
    units: &[skolstart_shared::api::UnitOption],
) -> Vec<Violation> {
    let handled = Act { fields: subject.rule.fields.clone(), ..subject.act.clone() };
    let found = unit_answers::unknown(&handled, fields, units).into_iter();
    found.map(|violation| violation.under("fields")).collect()
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

/// The question of a step, when it is one.
fn asks(work: &Work<'_>, step: &ApplicationStep) -> Result<Option<TaskChangeIn>, StepError> {
    let change = match step {
        ApplicationStep::Ask(questions) => {
            let wrong = changes::check_questions(work.subject.act, questions);
            if !wrong.is_empty() {
                return Err(StepError::Invalid(wrong));
            }
            TaskChange::Return(questions.clone())
        }
        ApplicationStep::AskNoMore => TaskChange::CancelReturn,
        _ => return Ok(None),
    };
    if work.desk.stand(work.subject).state.is_closed() {
        return Err(StepError::Moved);
    }
    let record = work.subject.record;
    let act = ActName { form: record.form.key.clone(), act: record.act.clone() };
    Ok(Some(TaskChangeIn { round: record.round, act: Some(act), change }))
}

async fn send_question(
    store: &Store,
    grant: &Grant<HandleApplications>,
    id: ChangeId,
    ask: TaskChangeIn,
    now: Timestamp,
) -> Result<(), StepError> {
    let role = Role::from_name(grant.purpose()).unwrap_or(Role::Staff);
    match store.ask_about(grant, id, role, ask, now).await? {
        Changed::Done => Ok(()),
        Changed::Other => Err(StepError::Other),
        Changed::Moved => Err(StepError::Moved),
    }
}
