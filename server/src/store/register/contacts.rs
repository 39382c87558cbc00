use super::addresses::{not_to_be_found, registered};
use super::sift::Run;
use crate::register::ss12000::Person;
use crate::store::Transaction;
use crate::store::entity::{fact, fact_snapshot};
use crate::store::known::snapshots;
use crate::store::submit::source_word;
use crate::store::{StoreError, rows};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect};
use skolstart_shared::contact::{Email, Phone};
use skolstart_shared::fact::{ElementKey, Entry, Snapshot, Source, Value};
use skolstart_shared::id::PersonId;
use std::collections::HashMap;
use uuid::Uuid;

const EMAIL: &str = "guardian.email";
const PHONE: &str = "guardian.phone";

/// Writes private contact data and where people are registered as facts from the register, where they differ from what the register
/// said before. Pupils' school addresses and staff's work numbers are not how a guardian is reached.
pub(super) async fn write(db: &Transaction, records: &[&Person], run: &Run) -> Result<(), StoreError> {
    let homes: Vec<(Uuid, (ElementKey, Value))> =
        records.iter().filter_map(|person| Some((person.id, registered(person)?))).collect();
    let hidden = not_to_be_found(db, &homes.iter().map(|(id, _)| *id).collect::<Vec<_>>()).await?;
    let mut homes: HashMap<Uuid, (ElementKey, Value)> =
        homes.into_iter().filter(|(id, _)| !hidden.contains(id)).collect();
    let sent: Vec<(Uuid, Vec<(ElementKey, Value)>)> = records
        .iter()
        .map(|person| (person.id, values(person).chain(homes.remove(&person.id)).collect::<Vec<_>>()))
        .filter(|(_, values)| !values.is_empty())
        .collect();
    let ids: Vec<Uuid> = sent.iter().map(|(id, _)| *id).collect();
    // Whoever answers in another process at this moment waits here.
    let locked =
        fact_snapshot::Entity::find().filter(fact_snapshot::Column::SubjectId.is_in(ids.iter().copied()));
    locked
        .select_only()
        .column(fact_snapshot::Column::SubjectId)
        .lock_exclusive()
        .into_tuple::<Uuid>()
        .all(db)
        .await?;
    let mut known = snapshots(db, &run.sealer, &ids).await?;
    let (mut facts, mut first, mut later) = (Vec::new(), Vec::new(), Vec::new());
    for (id, values) in sent {
        let snapshot = known.entry(PersonId(id)).or_default();
        let expected = snapshot.version;
        for (element, value) in values {
            if said_before(snapshot, &element, &value) {
                continue;
            }
            let entry = snapshot.record(&element, value, Source::Register, None, run.now);
            facts.push(fact_row(run, id, element, entry)?.into_active_model());
        }
        if snapshot.version != expected {
            let row = snapshot_row(run, id, snapshot)?.into_active_model();
            if expected == 0 { first.push(row) } else { later.push(row) }
        }
    }
    use fact_snapshot::Column::{Sealed, SubjectId, Version};
    rows::insert::<fact::Entity>(db, facts).await?;
    rows::insert::<fact_snapshot::Entity>(db, first).await?;
    Ok(rows::upsert::<fact_snapshot::Entity>(db, later, &[SubjectId], &[Version, Sealed]).await?)
}

/// How an adult is reached.
fn values(person: &Person) -> impl Iterator<Item = (ElementKey, Value)> {
    let is_adult = person.enrolments.is_empty();
    let is_private =
        |kind: &Option<String>| kind.as_deref().is_none_or(|kind| matches!(kind, "Privat" | "Hem"));
    let email = person
        .emails
        .iter()
        .filter(|email| is_private(&email.kind))
        .find_map(|sent| Email::parse(&sent.value).ok());
    let phones = || person.phone_numbers.iter().filter(|phone| is_private(&phone.kind));
    let mobile = phones().filter(|phone| phone.mobile).find_map(|sent| Phone::parse(&sent.value).ok());
    let phone = mobile.or_else(|| phones().find_map(|sent| Phone::parse(&sent.value).ok()));
    let email = email.map(|email| (ElementKey(EMAIL.to_owned()), Value::Email(email)));
    let phone = phone.map(|phone| (ElementKey(PHONE.to_owned()), Value::Phone(phone)));
    email.into_iter().chain(phone).filter(move |_| is_adult)
}

fn said_before(snapshot: &Snapshot, element: &ElementKey, value: &Value) -> bool {
    let entries = snapshot.entries.get(element).into_iter().flatten();
    entries.filter(|entry| entry.source == Source::Register).any(|entry| entry.value == *value)
}

fn fact_row(run: &Run, subject: Uuid, element: ElementKey, entry: Entry) -> Result<fact::Model, StoreError> {
    let id = run.ids.next()?;
    let plain = serde_json::to_vec(&entry.value).map_err(|_| StoreError::Corrupt("fact"))?;
    Ok(fact::Model {
        id,
        subject_id: subject,
        element: element.0,
        value: run.sealer.seal_for(subject, "fact", "value", id, &plain)?,
        source: source_word(entry.source).to_owned(),
        by_id: None,
        at: entry.confirmed.as_millis(),
        version: i32::try_from(entry.version).unwrap_or(i32::MAX),
        submission_id: None,
    })
}

fn snapshot_row(run: &Run, subject: Uuid, snapshot: &Snapshot) -> Result<fact_snapshot::Model, StoreError> {
    let plain = serde_json::to_vec(snapshot).map_err(|_| StoreError::Corrupt("fact_snapshot"))?;
    Ok(fact_snapshot::Model {
        subject_id: subject,
        version: i32::try_from(snapshot.version).unwrap_or(i32::MAX),
        sealed: run.sealer.seal_for(subject, "fact_snapshot", "sealed", subject, &plain)?,
    })
}
