//! What nothing opens any more: it was sealed for people whose keys are gone, because they were erased after a back-up was taken, or
//! because the file with their keys was lost.
//!
//! Called by `backup` and by `skolstart key give-up`. Must not take away what any key that is left can open.

use super::classes::tables;
use super::entity::submission;
use super::seal::{OF_PERSON, PersonKeys};
use super::sent::{self, IN_PARTS};
use super::{
    AuditEntry, Keys, OpenError, PutBack, Sealer, Store, StoreError, StoreSettings, Transaction, person_mark,
};
use crate::clock::Clock;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Statement, Value,
};
use std::collections::BTreeSet;
use std::sync::Arc;
use uuid::Uuid;

/// The submissions that are in memory at the same time.
const ROWS: u64 = 500;

/// Values of one person in one column.
pub(super) struct Unreadable {
    table: String,
    column: String,
    format: u8,
    at: u8,
    person: Uuid,
}

/// The formats of what a person's key has sealed, and where in it stands whose. What is about others in what was sent stays: it is
/// left out when that is read.
const WHOSE: [(u8, u8); 2] = [(OF_PERSON, 3), (IN_PARTS, 9)];

/// What nothing opens in the tables that are there.
pub(super) async fn find(
    db: &impl ConnectionTrait,
    is_there: impl Fn(&str) -> bool,
    keys: &PersonKeys,
) -> Result<Vec<Unreadable>, StoreError> {
    let mut found = Vec::new();
    for table in tables()?.into_iter().filter(|table| is_there(&table.name)) {
        for column in table.sealed() {
            for (format, at) in WHOSE {
                for person in sealed_for(db, &table.name, &column.name, (format, at)).await? {
                    if !keys.has(person)? {
                        let (table, column) = (table.name.clone(), column.name.clone());
                        found.push(Unreadable { table, column, format, at, person });
                    }
                }
            }
        }
    }
    Ok(found)
}

/// The people it was sealed for.
pub(super) fn people(unreadable: &[Unreadable]) -> BTreeSet<Uuid> {
    unreadable.iter().map(|part| part.person).collect()
}

/// Deletes its rows.
pub(super) async fn delete(db: &impl ConnectionTrait, unreadable: &[Unreadable]) -> Result<(), StoreError> {
    for Unreadable { table, column, format, at, person } in unreadable {
        let sql = format!(
            "DELETE FROM {table} WHERE substr({column}, 1, 1) = $1 AND substr({column}, {at}, 16) = $2"
        );
        let values: [Value; 2] = [vec![*format].into(), person.as_bytes().to_vec().into()];
        db.execute_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await?;
    }
    Ok(())
}

/// Takes the parts that nothing opens out of what was sent together with others. Should their person get a key again, a part that the lost
/// one has sealed would be taken for an altered one.
async fn thin_sent(db: &Transaction, sealer: &Sealer) -> Result<(), StoreError> {
    let mut last = Uuid::nil();
    loop {
        let page = submission::Entity::find().filter(submission::Column::Id.gt(last));
        let page = page.order_by_asc(submission::Column::Id).limit(ROWS).all(db).await?;
        let Some(end) = page.last() else { return Ok(()) };
        last = end.id;
        for row in page {
            let mut lost = false;
            for person in sent::people(&row)? {
                lost |= !sealer.persons()?.has(person)?;
            }
            if lost {
                sent::replace(db, sealer, &row, &sent::open(sealer, &row)?).await?;
            }
        }
    }
}

/// Those whose keys have sealed something in this column.
async fn sealed_for(
    db: &impl ConnectionTrait,
    table: &str,
    column: &str,
    (format, at): (u8, u8),
) -> Result<Vec<Uuid>, StoreError> {
    let sql =
        format!("SELECT DISTINCT substr({column}, {at}, 16) FROM {table} WHERE substr({column}, 1, 1) = $1");
    let backend = db.get_database_backend();
    let found = db.query_all_raw(Statement::from_sql_and_values(backend, sql, [vec![format].into()])).await?;
    let mut people = Vec::with_capacity(found.len());
    for row in found {
        let bytes: Vec<u8> = row.try_get_by_index(0)?;
        people.push(Uuid::from_slice(&bytes).map_err(|_| StoreError::Corrupt("a sealed value"))?);
    }
    Ok(people)
}

impl Store {
    /// How many people have something here that no key in the file of the keys of persons opens.
    ///
    /// # Errors
    /// When the database, the key file or the file cannot be used.
    pub async fn without_keys(settings: &StoreSettings, clock: Clock) -> Result<usize, OpenError> {
        let store = Self::open_with(settings, clock, Keys::Any).await?;
        let found = find(store.db(), |_| true, store.sealer().persons()?).await;
        store.close().await;
        Ok(people(&found?).len())
    }

    /// Leaves out what no key in the file of the keys of persons opens, and takes that file for the newest from now on. Says of how
    /// many people something is gone. Noted in the audit trail, for each of them.
    ///
    /// # Errors
    /// When the database, the key file or the file cannot be used; nothing is gone then.
    pub async fn give_up_keys(settings: &StoreSettings, clock: Clock) -> Result<usize, OpenError> {
        let store = Self::open_with(settings, clock, Keys::Any).await?;
        let sealer = store.sealer().clone();
        let given_up = store
            .write(move |db| {
                let sealer = sealer.clone();
                Box::pin(async move {
                    let keys = sealer.persons()?;
                    let found = find(db, |_| true, keys).await?;
                    delete(db, &found).await?;
                    thin_sent(db, &sealer).await?;
                    person_mark::replace(db, keys.mark()?).await?;
                    let people = people(&found);
                    let noted = people.iter().map(|person| note(*person, "give-up-key")).collect();
                    Ok((people.len(), noted))
                })
            })
            .await;
        store.close().await;
        Ok(given_up?)
    }

    /// What is left to do when a back-up was put back: takes what nothing opens out of what was sent together with others, and notes
    /// in the audit trail for whom something was left out.
    ///
    /// # Errors
    /// When it cannot be read or written.
    pub async fn leave_out(&self, put_back: &PutBack) -> Result<(), StoreError> {
        let work = Arc::new((self.sealer().clone(), put_back.without_keys.clone()));
        self.write(move |db| {
            let work = work.clone();
            Box::pin(async move {
                let (sealer, people) = &*work;
                thin_sent(db, sealer).await?;
                Ok(((), people.iter().map(|person| note(*person, "leave-out")).collect()))
            })
        })
        .await
    }
}

fn note(person: Uuid, action: &'static str) -> AuditEntry {
    AuditEntry {
        acting_for: None,
        actor: None,
        action,
        object_kind: "key",
        object_id: Some(person),
        purpose: "operator",
        outcome: "done",
        request_id: String::new(),
    }
}
