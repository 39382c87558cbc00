//! The page of a class or department. Called by its handler, often: the page asks again every few seconds.

use super::ReadError;
use super::columns::columns;
use super::names::natural;
use crate::policy::{Grant, ReadGroup};
use crate::store::{AuditEntry, GroupFile, GroupMember, Store};
use skolstart_shared::api::{ActColumn, ChildRow, GroupOut, GroupPage};
use skolstart_shared::round::TaskStatus;
use skolstart_shared::{Date, Locale};

/// The group of the grant, if it has changed since `seen`.
///
/// # Errors
/// When it could not be read, or the reading not noted.
pub async fn read(
    store: &Store,
    grant: Grant<ReadGroup>,
    seen: i64,
    locale: Locale,
) -> Result<GroupOut, ReadError> {
    // Read before the page: a change in between is shown now and asked for once more.
    let revision = store.group_revision(&grant).await?;
    if revision == seen {
        return Ok(GroupOut { revision, page: None });
    }
    let today = store.clock().today();
    let published = store.published();
    let scope = grant.group().map(|group| group.0);
    let asking = store.rounds_asking(&grant, &published, scope.as_slice(), today).await?;
    let round = published.current_for(today, |round| round.is_for_all() || asking.contains(&round.id));
    let file = store.group(&grant, round.map(AsRef::as_ref), today).await?.ok_or(ReadError::NotFound)?;
    let (always, listed) = seen_entries(&grant, &file);
    store.note_list(always, listed).await?;
    let columns = columns(&published, round.map(|round| round.as_ref()), locale);
    let mut rows: Vec<ChildRow> =
        file.members.into_iter().map(|member| row(member, &columns, today)).collect();
    rows.sort_by_key(|row| (natural(&row.family_name), natural(&row.given_name), row.child));
    let page = GroupPage {
        unit: file.unit,
        unit_name: file.unit_name,
        name: file.name,
        round: round.map(|round| round.title.get(locale).to_owned()),
        columns,
        rows,
    };
    Ok(GroupOut { revision, page: Some(page) })
}

fn row(member: GroupMember, columns: &[ActColumn], today: Date) -> ChildRow {
    let see = |status: TaskStatus| member.last_day.map_or(status, |last_day| status.seen_on(today, last_day));
    let status = |column: &ActColumn| {
        let stored = member.statuses.get(&(column.form.clone(), column.act.clone()));
        stored.map(|status| see(*status))
    };
    let name = member.name.for_staff();
    ChildRow {
        child: member.id,
        statuses: columns.iter().map(status).collect(),
        given_name: name.given,
        family_name: name.family,
        protected: member.protected,
        answered: member.answered,
    }
}

// One entry for the group and one for each child whose identity is protected, every time; the other children once an hour.
fn seen_entries(
    grant: &Grant<ReadGroup>,
    file: &GroupFile,
) -> (Vec<AuditEntry>, impl Iterator<Item = AuditEntry>) {
    let group = grant.audit("group", grant.group().map(|group| group.0));
    let protected = file.members.iter().filter(|member| member.protected);
    let children = protected.map(|member| grant.audit("protected-child", Some(member.id.0)));
    let listed = file.members.iter().filter(|member| !member.protected);
    let listed = listed.map(|member| grant.audit("listed-child", Some(member.id.0)));
    (std::iter::once(group).chain(children).collect(), listed)
}
