use crate::store::Transaction;
use crate::store::entity::register_history;
use crate::store::rows::MOST_IDS;
use crate::store::{AuditEntry, Sealer, Store, StoreError, generation, rows};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect};
use sha2::{Digest, Sha256};
use skolstart_shared::{Date, Timestamp};
use std::collections::HashMap;
use uuid::Uuid;

use crate::ids::Ids;

/// What came of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// It was not there before.
    Created,
    /// It was there with another content.
    Changed,
    /// It was there with the same content: nothing was written.
    Unchanged,
    /// Somebody else has the same personal number.
    SameNumber,
}

/// What the writing of one part of a run needs.
#[derive(Clone)]
pub(super) struct Run {
    pub(super) id: Uuid,
    pub(super) now: Timestamp,
    pub(super) today: Date,
    pub(super) sealer: Sealer,
    pub(super) ids: Ids,
}

impl Run {
    pub(super) fn of(store: &Store, id: Uuid) -> Self {
        let now = store.clock().now();
        let today = store.clock().day_of(now);
        Self { id, now, today, sealer: store.sealer().clone(), ids: store.ids().clone() }
    }

    /// The last day of what is no longer sent.
    pub(super) fn yesterday(&self) -> String {
        self.today.add_days(-1).to_string()
    }

    /// What other processes remember of the register no longer holds once this is committed.
    pub(super) async fn begin_generation(&self, db: &Transaction) -> Result<(), StoreError> {
        generation::advance(db, generation::Of::Register, self.ids.next()?).await
    }

    /// Keeps rows as they were before this run, sealed.
    pub(super) async fn keep<R: serde::Serialize>(
        &self,
        db: &Transaction,
        kind: &'static str,
        before: impl IntoIterator<Item = (Uuid, R)>,
    ) -> Result<(), StoreError> {
        let mut history = Vec::new();
        for (object, row) in before {
            let id = self.ids.next()?;
            let plain = serde_json::to_vec(&row).map_err(|_| StoreError::Corrupt(kind))?;
            // What is about a place or a duty is not sealed for a person: the row does not say whose it is.
            let sealed = match kind {
                "person" | "guardian_relation" => {
                    self.sealer.seal_for(object, "register_history", "sealed", id, &plain)?
                }
                _ => self.sealer.seal("register_history", "sealed", id, &plain)?,
            };
            let row = register_history::Model {
                id,
                run_id: self.id,
                kind: kind.to_owned(),
                object_id: object,
                at: self.now.as_millis(),
                sealed,
            };
            history.push(row.into_active_model());
        }
        Ok(rows::insert::<register_history::Entity>(db, history).await?)
    }

    /// One entry for a part of a run: the run's own counts say how many records there were.
    pub(super) fn audit(&self, action: &'static str) -> Vec<AuditEntry> {
        vec![AuditEntry {
            acting_for: None,
            actor: None,
            action,
            object_kind: "import",
            object_id: Some(self.id),
            purpose: "operator",
            outcome: "done",
            request_id: String::new(),
        }]
    }
}

/// A hash of a record's content. A program that reads more fields makes all records changed once.
pub(super) fn fingerprint(content: &str) -> Vec<u8> {
    Sha256::digest(content.as_bytes()).to_vec()
}

/// The records of a part that have to be written, and what came of every record so far.
pub(super) struct Sifted<T> {
    pub(super) changes: Vec<Change>,
    /// Place among the changes, hash, record.
    pub(super) to_write: Vec<(usize, Vec<u8>, T)>,
}

impl Store {
    /// Leaves out what is there already with the same content. Reads only; of a record that stands twice in one part the
    /// later one is written.
    pub(super) async fn sift<E: EntityTrait, T>(
        &self,
        columns: (E::Column, E::Column),
        records: Vec<(Uuid, Vec<u8>, T)>,
    ) -> Result<Sifted<T>, StoreError> {
        let ids = rows::distinct(records.iter().map(|(id, ..)| *id));
        let mut known: HashMap<Uuid, Vec<u8>> = HashMap::new();
        for part in ids.chunks(MOST_IDS) {
            let found: Vec<(Uuid, Vec<u8>)> = E::find()
                .select_only()
                .columns([columns.0, columns.1])
                .filter(columns.0.is_in(part.iter().copied()))
                .into_tuple()
                .all(self.db())
                .await?;
            known.extend(found);
        }
        let mut last: HashMap<Uuid, usize> = HashMap::new();
        for (at, (id, ..)) in records.iter().enumerate() {
            last.insert(*id, at);
        }
        let mut sifted = Sifted { changes: Vec::with_capacity(records.len()), to_write: Vec::new() };
        for (at, (id, hash, record)) in records.into_iter().enumerate() {
            let change = match known.get(&id) {
                None => Change::Created,
                Some(same) if *same == hash => Change::Unchanged,
                Some(_) => Change::Changed,
            };
            sifted.changes.push(change);
            if change != Change::Unchanged && last.get(&id) == Some(&at) {
                sifted.to_write.push((at, hash, record));
            }
        }
        Ok(sifted)
    }
}
