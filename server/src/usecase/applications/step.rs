use super::desk::{Desk, Subject};
use super::work::Work;
use super::{StepError, TRIES};
use crate::policy::{Grant, HandleApplications, Principal};
use crate::store::{Changed, StepWritten, Store};
use crate::usecase::{changes, unit_answers};
use skolstart_shared::access::Role;
use skolstart_shared::api::{ActName, ApplicationStep, ApplicationStepIn, TaskChange, TaskChangeIn};
use skolstart_shared::form::{Act, Answers};
use skolstart_shared::id::{ApplicationId, ChangeId};
use skolstart_shared::{Timestamp, Violation};

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
        let desk = Desk::of(store, &published, &file.list, today, locale);
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
            (ApplicationStep::Pupil(view), _) => work.pupil(principal, id, view)?,
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

fn unknown_units(
    subject: &Subject<'_>,
    fields: &Answers,
    units: &[skolstart_shared::api::UnitOption],
) -> Vec<Violation> {
    let handled = Act { fields: subject.rule.fields.clone(), ..subject.act.clone() };
    let found = unit_answers::unknown(&handled, fields, units).into_iter();
    found.map(|violation| violation.under("fields")).collect()
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
