use super::desk::Desk;
use crate::policy::{Grant, HandleApplications, Principal};
use crate::store::{ApplicationRecord, Store};
use crate::usecase::ReadError;
use skolstart_shared::api::ApplicationLine;

/// For how long a closed application stays in the list.
const CLOSED_DAYS: i64 = 60;

/// The applications that the reader has a task with, oldest first.
///
/// # Errors
/// When they could not be read, or the reading not noted.
pub async fn list(
    store: &Store,
    grant: Grant<HandleApplications>,
    principal: &Principal,
) -> Result<Vec<ApplicationLine>, ReadError> {
    let (now, today) = (store.clock().now(), store.clock().today());
    let published = store.published();
    let looks_into = |record: &ApplicationRecord| {
        let act = published.form(&record.form).and_then(|form| form.act(&record.act));
        let rule = act.and_then(|act| act.decision.as_ref());
        rule.is_some_and(|rule| {
            rule.opinion.is_some() || rule.deciders.iter().any(|decider| decider.condition.is_some())
        })
    };
    let since = now.plus_millis(-CLOSED_DAYS * 24 * 3_600_000);
    let list = store.applications(&grant, since, today, &looks_into).await?;
    let desk = Desk::of(store, &published, &list, today, principal.locale());
    let is_shown = |record: &&ApplicationRecord| record.closed.is_none_or(|closed| closed >= since);
    let subjects = list.applications.iter().filter(is_shown).filter_map(|record| desk.subject(record));
    let mut lines: Vec<ApplicationLine> =
        subjects.filter_map(|subject| desk.line(principal, &subject)).collect();
    lines.sort_by_key(|line| (line.opened, line.application));
    let mut seen: Vec<_> = lines.iter().map(|line| line.child).collect();
    seen.sort();
    seen.dedup();
    store.note(seen.into_iter().map(|child| grant.audit("child", Some(child.0))).collect()).await?;
    Ok(lines)
}
