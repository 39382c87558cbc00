use super::desk::{Desk, Subject};
use crate::policy::{Grant, HandleApplications, Principal};
use crate::store::{ApplicationFile, Store};
use crate::usecase::changes::asked;
use crate::usecase::{ReadError, unit_answers};
use skolstart_shared::api::{
    ActName, ApplicationEvent, ApplicationEventOut, ApplicationOut, AppliedOut, EarlierApplication,
};
use skolstart_shared::application::ApplicationState;
use skolstart_shared::form::{Act, FieldKind};
use skolstart_shared::id::{ApplicationId, PersonId};

/// The page of an application.
///
/// # Errors
/// [`ReadError::NotFound`] when there is no such application, or the reader has no task with it.
pub async fn page(
    store: &Store,
    grant: Grant<HandleApplications>,
    principal: &Principal,
    id: ApplicationId,
) -> Result<ApplicationOut, ReadError> {
    let today = store.clock().today();
    let published = store.published();
    let file = store.application(&grant, today).await?.ok_or(ReadError::NotFound)?;
    let locale = principal.locale();
    let desk = Desk::of(store, &published, &file.list, today, locale);
    let found = file.list.applications.iter().find(|record| record.id == id);
    let subject = found.and_then(|record| desk.subject(record)).ok_or(ReadError::NotFound)?;
    let line = desk.line(principal, &subject).ok_or(ReadError::NotFound)?;
    let child = grant.audit("child", Some(subject.record.child.0));
    store.note(vec![grant.audit("application", Some(id.0)), child]).await?;
    let act = subject.act.clone().in_locale(locale);
    let asks_for_unit = asks_for_unit(subject.act);
    let units = if asks_for_unit { store.units_to_choose(today).await? } else { Vec::new() };
    let name = |who: PersonId| {
        let person = file.list.people.get(&who)?;
        (grant.sees_protected() || !person.protected).then(|| person.name.for_staff().full())
    };
    let pupil = subject.record.child;
    let event = |event: &crate::store::EventRecord| ApplicationEventOut {
        id: event.id,
        at: event.at,
        by: name(event.by),
        by_pupil: event.by == pupil,
        what: event.what.clone(),
    };
    let record = subject.record;
    let returned = match line.state {
        ApplicationState::NeedsCompletion => asked_of(&file, &subject),
        _ => None,
    };
    let mut seen_by = Vec::new();
    let mut applied = Vec::new();
    for (by, at, sent) in record.applied().rev() {
        if seen_by.contains(&by) {
            continue;
        }
        seen_by.push(by);
        applied.extend(desk.answered(record, sent).map(|answers| AppliedOut { by: name(by), at, answers }));
    }
    let differs = applied.windows(2).any(|pair| pair[0].answers != pair[1].answers);
    let earlier = file
        .list
        .applications
        .iter()
        .rev()
        .filter(|other| other.is_like(record) && other.opened < record.opened);
    let earlier = earlier.filter_map(|other| {
        let state = desk.stand(&desk.subject(other)?).state;
        Some(EarlierApplication { application: other.id, opened: other.opened, state })
    });
    let is_applied = |event: &&crate::store::EventRecord| matches!(event.what, ApplicationEvent::Applied(_));
    Ok(ApplicationOut {
        setting: subject.setting,
        round: record.round,
        applied,
        differs,
        returned,
        carried: desk.carried(&subject),
        events: record.events.iter().map(event).collect(),
        earlier: earlier.collect(),
        tasks: desk.tasks(principal, subject.child),
        seen: u32::try_from(record.events.iter().filter(is_applied).count()).unwrap_or(u32::MAX),
        units,
        pupil: desk.pupil(&subject),
        act,
        line,
    })
}

fn asked_of(file: &ApplicationFile, subject: &Subject<'_>) -> Option<skolstart_shared::api::ReturnedOut> {
    let record = subject.record;
    let name = ActName { form: record.form.key.clone(), act: record.act.clone() };
    asked(&file.changes, record.child, record.round, &name)
}

fn asks_for_unit(act: &Act) -> bool {
    let handler = act.decision.iter().flat_map(|rule| &rule.fields);
    let is_unit = |kind: &FieldKind| matches!(kind, FieldKind::Unit { .. });
    unit_answers::asks_for_one(act) || handler.into_iter().any(|field| field.holds_kind(is_unit))
}
