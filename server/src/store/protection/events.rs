use crate::store::StoreError;
use crate::store::entity::protection_event;
use crate::store::rows::distinct;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use skolstart_shared::Timestamp;
use skolstart_shared::id::PersonId;
use std::collections::HashMap;
use uuid::Uuid;

/// How long a purpose that was said holds, in milliseconds.
pub(super) const HOLDS: i64 = 60 * 60_000;

pub(super) const NAME: &str = "name";
pub(super) const END_NAME: &str = "end-name";
pub(super) const OPEN: &str = "open";
pub(super) const SEEN: &str = "seen";

/// Everything that was done about some children, oldest first.
pub(super) async fn events<C: ConnectionTrait>(
    db: &C,
    children: &[Uuid],
) -> Result<Vec<protection_event::Model>, StoreError> {
    use protection_event::Column::{At, ChildId, Id};
    let about = ChildId.is_in(children.iter().copied());
    let query = protection_event::Entity::find().filter(about).order_by_asc(At).order_by_asc(Id);
    Ok(query.all(db).await?)
}

/// Those who handle the child now.
pub(super) fn handlers(events: &[protection_event::Model]) -> Vec<PersonId> {
    let mut named: Vec<Uuid> = Vec::new();
    for event in events {
        let Some(person) = event.person_id else { continue };
        match event.kind.as_str() {
            NAME => named.push(person),
            END_NAME => named.retain(|known| *known != person),
            _ => {}
        }
    }
    distinct(named).into_iter().map(PersonId).collect()
}

/// Who has asked last for the marking of this person to be taken away, unless that was taken back or done.
pub(super) fn asked(events: &[protection_event::Model], person: PersonId) -> Option<PersonId> {
    let about = |event: &&protection_event::Model| event.person_id == Some(person.0);
    let last = events
        .iter()
        .filter(about)
        .rfind(|event| matches!(event.kind.as_str(), "ask" | "withdraw" | "approve" | "mark"))?;
    (last.kind == "ask").then_some(PersonId(last.by_id))
}

/// When this person last looked at who has opened the page.
pub(super) fn seen(events: &[protection_event::Model], by: PersonId) -> Option<Timestamp> {
    let mine = events.iter().rfind(|event| event.kind == SEEN && event.by_id == by.0)?;
    Some(Timestamp::from_millis(mine.at))
}

/// The children whom this person handles.
pub(in crate::store) async fn handled_by<C: ConnectionTrait>(
    db: &C,
    person: PersonId,
) -> Result<Vec<PersonId>, StoreError> {
    use protection_event::Column::{At, Id, Kind, PersonId as Named};
    let query = protection_event::Entity::find()
        .filter(Named.eq(person.0))
        .filter(Kind.is_in([NAME, END_NAME]))
        .order_by_asc(At)
        .order_by_asc(Id);
    let mut handles: HashMap<Uuid, bool> = HashMap::new();
    for event in query.all(db).await? {
        handles.insert(event.child_id, event.kind == NAME);
    }
    let holding = handles.into_iter().filter(|(_, holds)| *holds).map(|(child, _)| child);
    Ok(distinct(holding).into_iter().map(PersonId).collect())
}
