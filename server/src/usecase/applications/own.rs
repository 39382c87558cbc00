//! What those who have applied see and do, and the pupil whom it is about.

use super::desk::{Desk, Subject};
use super::pupil::{self, Part};
use super::{StepError, TRIES};
use crate::policy::{Grant, Principal, ReadOwnSubmissions, Submit};
use crate::store::{
    ApplicationList, ApplicationRecord, EventRecord, StepPlan, StepWritten, Store, StoreError, Unanswered,
};
use crate::usecase::ReadError;
use skolstart_shared::api::{ApplicationEvent, OwnApplicationLine, OwnApplicationOut, OwnStepIn};
use skolstart_shared::application::ApplicationState;
use skolstart_shared::id::{ApplicationId, ChangeId, PersonId};

/// What the principal has applied for, newest first, for her home. For a pupil: what is applied for about her, where she has a part.
///
/// # Errors
/// When it cannot be read.
pub async fn home_lines(store: &Store, principal: &Principal) -> Result<Vec<OwnApplicationLine>, StoreError> {
    let today = store.clock().today();
    let list = store.own_applications(principal, today).await?;
    let published = store.published();
    let desk = Desk::of(store, &published, &list, today, principal.locale());
    let subjects = list.applications.iter().rev().filter_map(|record| desk.subject(record));
    let lines = subjects.filter_map(|subject| {
        let part = Part::of(&desk, principal, &subject)?;
        Some(line(&desk, principal, &subject, part))
    });
    Ok(lines.collect())
}

/// An own application with its decision.
///
/// # Errors
/// [`ReadError::NotFound`] when she has not signed it, and has no part in it as a pupil.
pub async fn own(
    store: &Store,
    grant: Grant<ReadOwnSubmissions>,
    principal: &Principal,
    id: ApplicationId,
) -> Result<OwnApplicationOut, ReadError> {
    let today = store.clock().today();
    let list = store.own_applications(principal, today).await?;
    let published = store.published();
    let desk = Desk::of(store, &published, &list, today, principal.locale());
    let record = of_grant(&list, grant.child(), id).ok_or(ReadError::NotFound)?;
    let subject = desk.subject(record).ok_or(ReadError::NotFound)?;
    let part = Part::of(&desk, principal, &subject).ok_or(ReadError::NotFound)?;
    store.note(vec![grant.audit("application", Some(id.0))]).await?;
    let municipality = store.municipality_name().await?;
    let units = store.units_to_choose(today).await?;
    let state = desk.stand(&subject).state;
    let letter = if part.is_told() { desk.letter(&subject, &municipality, &units) } else { None };
    Ok(OwnApplicationOut {
        line: line(&desk, principal, &subject, part),
        opened: record.opened,
        due: desk.due(&subject, told(principal, &subject, state)),
        may_withdraw: part == Part::Applicant && may_withdraw(state),
        letter,
        pupil: pupil::told(&desk, &subject, part),
    })
}

/// Takes an own application back, notes that its decision has been read, or what the pupil says of it. The same again is the
/// same as once.
///
/// # Errors
/// See [`StepError`].
pub async fn own_step(
    store: &Store,
    grant: Grant<Submit>,
    principal: &Principal,
    (application, id): (ApplicationId, ChangeId),
    step: &OwnStepIn,
) -> Result<(), StepError> {
    for _ in 0..TRIES {
        let today = store.clock().today();
        let list = store.own_applications(principal, today).await?;
        let published = store.published();
        let desk = Desk::of(store, &published, &list, today, principal.locale());
        let record = of_grant(&list, grant.child(), application).ok_or(StepError::NotFound)?;
        let subject = desk.subject(record).ok_or(StepError::NotFound)?;
        let part = Part::of(&desk, principal, &subject).ok_or(StepError::NotFound)?;
        let what = match step {
            OwnStepIn::Withdraw => ApplicationEvent::Withdrawn,
            OwnStepIn::Read => ApplicationEvent::Read,
            OwnStepIn::Say(view) => pupil::said(part, view)?,
        };
        if let Some(earlier) = record.events.iter().find(|event| event.id == id) {
            let same = earlier.by == principal.person() && earlier.what == what;
            return if same { Ok(()) } else { Err(StepError::Other) };
        }
        let withdraws = *step == OwnStepIn::Withdraw;
        // What is not hers to take back or to read does not exist for her.
        if (withdraws && part != Part::Applicant) || (*step == OwnStepIn::Read && !part.is_told()) {
            return Err(StepError::NotFound);
        }
        let fits = match step {
            OwnStepIn::Withdraw | OwnStepIn::Say(_) => !desk.stand(&subject).state.is_closed(),
            OwnStepIn::Read => record.decided().is_some(),
        };
        if !fits {
            return Err(StepError::Moved);
        }
        let gone =
            || Unanswered { round: record.round, form: record.form.key.clone(), act: record.act.clone() };
        let plan = StepPlan {
            id,
            application,
            child: record.child,
            expected: record.events.len(),
            what,
            at: store.clock().now(),
            closes: withdraws,
            known: None,
            unanswers: withdraws.then(gone),
        };
        match store.write_step(&grant, plan).await? {
            StepWritten::Done => return Ok(()),
            StepWritten::Other => return Err(StepError::Other),
            StepWritten::Moved => {}
        }
    }
    Err(StepError::Moved)
}

fn of_grant(
    list: &ApplicationList,
    child: Option<PersonId>,
    id: ApplicationId,
) -> Option<&ApplicationRecord> {
    list.applications.iter().find(|record| record.id == id && Some(record.child) == child)
}

fn may_withdraw(state: ApplicationState) -> bool {
    !state.is_closed()
}

/// How the application stands, as she is told it. What the others have said of it is not told where it is kept from her; that it is
/// decided is.
fn told(principal: &Principal, subject: &Subject<'_>, state: ApplicationState) -> ApplicationState {
    match state {
        ApplicationState::WaitingForOther
        | ApplicationState::Conflict
        | ApplicationState::NeedsCompletion
        | ApplicationState::WaitingForOpinion
            if is_kept(principal, subject) =>
        {
            ApplicationState::Received
        }
        state => state,
    }
}

fn is_kept(principal: &Principal, subject: &Subject<'_>) -> bool {
    principal.kept_about(subject.record.child).is_some_and(|kept| kept.keeps_form(&subject.form.key))
}

fn line(desk: &Desk<'_>, principal: &Principal, subject: &Subject<'_>, part: Part) -> OwnApplicationLine {
    let (record, me, kept) = (subject.record, principal.person(), is_kept(principal, subject));
    let mine = record.applied().filter(|(by, ..)| *by == me).map(|(.., id)| id);
    // When the pupil was asked is no news of the school's to her guardians.
    let is_news =
        |what: &ApplicationEvent| !matches!(what, ApplicationEvent::Read | ApplicationEvent::Pupil(_));
    let is_told =
        |event: &&EventRecord| !kept || event.by == me || matches!(event.what, ApplicationEvent::Decided(_));
    let last = record.events.iter().rev().filter(is_told).find(|event| is_news(&event.what));
    let decided = record.events.iter().rposition(|event| matches!(event.what, ApplicationEvent::Decided(_)));
    let has_read = |at: usize| {
        record.events[at..].iter().any(|event| event.by == me && event.what == ApplicationEvent::Read)
    };
    let state = desk.stand(subject).state;
    let unread = part.is_told() && decided.is_some_and(|at| !has_read(at));
    OwnApplicationLine {
        application: record.id,
        child: record.child,
        title: subject.form.title.get(desk.locale).to_owned(),
        state: told(principal, subject, state),
        submissions: mine.collect(),
        at: last.map_or(record.opened, |event| event.at),
        unread: unread || pupil::is_asked(subject, part, state),
    }
}
