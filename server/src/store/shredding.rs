//! The end of a person's key: what it has sealed, here and in every back-up, opens nowhere any more.
//!
//! Owns the table `key_to_destroy`. The transaction that erases a person notes her there, and her key is destroyed when that is
//! committed: a run that was stopped in between goes on with what is noted. Called by erasure and by the import. Must not destroy
//! the key of somebody who is there.

use super::entity::{key_to_destroy, person};
use super::rows::{self, MOST_IDS};
use super::{AuditEntry, Sealer, Store, StoreError, Transaction};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect,
};
use std::collections::HashSet;
use uuid::Uuid;

/// Any fixed number: says which lock, among those of the same PostgreSQL database.
const LOCK: u64 = 7310425180132;

/// Notes that the keys of these people are to be destroyed. In the transaction that erases them.
pub(super) async fn intend(db: &Transaction, people: &[Uuid]) -> Result<(), StoreError> {
    use key_to_destroy::Column::PersonId;
    let rows = people.iter().map(|person| key_to_destroy::Model { person_id: *person }.into_active_model());
    Ok(rows::upsert::<key_to_destroy::Entity>(db, rows.collect(), &[PersonId], &[PersonId]).await?)
}

/// No key is destroyed until this transaction has ended: it may bring back somebody who has been erased. SQLite has one writer anyway.
pub(super) async fn hold_off(db: &Transaction) -> Result<(), StoreError> {
    lock(db, "pg_advisory_xact_lock_shared").await
}

async fn lock(db: &Transaction, how: &str) -> Result<(), StoreError> {
    if db.get_database_backend() == DbBackend::Postgres {
        db.execute_unprepared(&format!("SELECT {how}({LOCK})")).await?;
    }
    Ok(())
}

impl Store {
    /// Destroys the keys of those who have been erased. Says of how many.
    ///
    /// # Errors
    /// When it could not be done; the next call goes on.
    pub(super) async fn shred(&self) -> Result<usize, StoreError> {
        if key_to_destroy::Entity::find().one(self.db()).await?.is_none() {
            return Ok(0);
        }
        let sealer = self.sealer().clone();
        self.write(move |db| {
            let sealer = sealer.clone();
            Box::pin(async move {
                let gone = destroy(db, &sealer).await?;
                Ok((gone.len(), gone.into_iter().map(note).collect()))
            })
        })
        .await
    }
}

async fn destroy(db: &Transaction, sealer: &Sealer) -> Result<Vec<Uuid>, StoreError> {
    lock(db, "pg_advisory_xact_lock").await?;
    use key_to_destroy::Column::PersonId;
    let query = key_to_destroy::Entity::find().select_only().column(PersonId);
    let noted: Vec<Uuid> = query.into_tuple().all(db).await?;
    let mut here: HashSet<Uuid> = HashSet::new();
    for part in noted.chunks(MOST_IDS) {
        let query = person::Entity::find().select_only().column(person::Column::Id);
        let query = query.filter(person::Column::Id.is_in(part.iter().copied()));
        here.extend(query.into_tuple::<Uuid>().all(db).await?);
    }
    let gone: Vec<Uuid> = noted.iter().copied().filter(|person| !here.contains(person)).collect();
    sealer.persons()?.destroy(&gone)?;
    key_to_destroy::Entity::delete_many().exec(db).await?;
    Ok(gone)
}

fn note(person: Uuid) -> AuditEntry {
    AuditEntry {
        acting_for: None,
        actor: None,
        action: "destroy-key",
        object_kind: "key",
        object_id: Some(person),
        purpose: "retention",
        outcome: "done",
        request_id: String::new(),
    }
}
