use super::desk::{Desk, Turn};
use crate::policy::{AnswerForSchool, Grant, Principal};
use crate::store::{ChildRecord, SchoolList, Store};
use crate::usecase::ReadError;
use skolstart_shared::Locale;
use skolstart_shared::api::StaffActLine;
use skolstart_shared::form::FormKey;
use skolstart_shared::round::TaskStatus;

/// What waits for the reader to answer for the school, what has waited longest first.
///
/// # Errors
/// When it could not be read, or the reading not noted.
pub async fn list(
    store: &Store,
    grant: Grant<AnswerForSchool>,
    principal: &Principal,
) -> Result<Vec<StaffActLine>, ReadError> {
    let (today, published) = (store.clock().today(), store.published());
    let has_staffs = published
        .newest_forms()
        .into_iter()
        .filter(|form| form.acts.iter().any(|act| act.signers.staff().is_some()));
    let forms: Vec<FormKey> = has_staffs.map(|form| form.key.clone()).collect();
    if forms.is_empty() {
        return Ok(Vec::new());
    }
    let SchoolList { children, people, answers } = store.school_list(&grant, &forms, today).await?;
    let mut lines = Vec::new();
    for child in &children {
        let desk = Desk { published: &published, child, people: &people, answers: &answers, today };
        let turns = desk.turns(principal);
        let waits = turns.iter().filter(|turn| turn.status == TaskStatus::WaitingForStaff && !turn.may_begin);
        lines.extend(waits.map(|turn| line(&desk, turn, child, principal.locale())));
    }
    lines.sort_by(|a, b| (a.since, &a.name, a.child).cmp(&(b.since, &b.name, b.child)));
    let mut seen: Vec<_> = lines.iter().map(|line| line.child).collect();
    seen.sort();
    seen.dedup();
    store.note(seen.into_iter().map(|child| grant.audit("child", Some(child.0))).collect()).await?;
    Ok(lines)
}

fn line(desk: &Desk<'_>, turn: &Turn<'_>, child: &ChildRecord, locale: Locale) -> StaffActLine {
    StaffActLine {
        child: child.id,
        name: child.name.for_staff().full(),
        protected: child.protected,
        unit: child.unit.clone().unwrap_or_default(),
        group: child.place.and_then(|place| place.group).zip(child.group.clone()),
        form: turn.form.title.get(locale).to_owned(),
        act: turn.act.title.get(locale).to_owned(),
        function: turn.function,
        since: desk.answered(turn).last().map(|answered| answered.at),
    }
}
