use super::entry::AuditEntry;
use crate::store::entity::audit;
use crate::store::{StoreError, Transaction, rows};
use sea_orm::IntoActiveModel;
use sha2::{Digest, Sha256};
use skolstart_shared::Timestamp;
use uuid::Uuid;

/// The end of the chain that this process writes. Each process start begins a chain of its own: one chain for all would
/// make every process wait for every other. So does a commit that nobody knows the end of.
#[derive(Clone)]
pub(in crate::store) struct Chain {
    id: Uuid,
    seq: i64,
    last: Vec<u8>,
}

impl Chain {
    /// A new chain. Its id is the hash's beginning, so that a whole chain cannot be moved under another id.
    pub(in crate::store) fn begin(id: Uuid) -> Self {
        Self { id, seq: 0, last: id.as_bytes().to_vec() }
    }

    /// Appends entries. The caller takes the new end only after the commit.
    pub(in crate::store) async fn append(
        &mut self,
        db: &Transaction,
        entries: Vec<AuditEntry>,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let rows = entries.into_iter().map(|entry| self.seal(entry, at).into_active_model()).collect();
        Ok(rows::insert::<audit::Entity>(db, rows).await?)
    }

    fn seal(&mut self, entry: AuditEntry, at: Timestamp) -> audit::Model {
        let mut row = audit::Model {
            chain: self.id,
            seq: self.seq + 1,
            at: at.as_millis(),
            actor: entry.actor.map(|actor| actor.0),
            action: entry.action.to_owned(),
            object_kind: entry.object_kind.to_owned(),
            object_id: entry.object_id,
            purpose: entry.purpose.to_owned(),
            outcome: entry.outcome.to_owned(),
            request_id: entry.request_id,
            prev_hash: self.last.clone(),
            hash: Vec::new(),
            acting_for: entry.acting_for.map(|who| who.0),
        };
        row.hash = hash(&row);
        self.seq = row.seq;
        self.last = row.hash.clone();
        row
    }
}

/// SHA-256 over the previous hash and every column, each with its length before it so that no two rows give the same
/// bytes.
pub(in crate::store) fn hash(row: &audit::Model) -> Vec<u8> {
    let mut digest = Sha256::new();
    let mut take = |bytes: &[u8]| {
        digest.update((bytes.len() as u64).to_be_bytes());
        digest.update(bytes);
    };
    take(&row.prev_hash);
    take(row.chain.as_bytes());
    take(&row.seq.to_be_bytes());
    take(&row.at.to_be_bytes());
    for id in [row.actor, row.object_id] {
        take(id.as_ref().map_or(&[][..], |id| id.as_bytes()));
    }
    for text in [&row.action, &row.object_kind, &row.purpose, &row.outcome, &row.request_id] {
        take(text.as_bytes());
    }
    // Rows from before there was this column hash as they did; each part has its length before it, so one more is never mistaken.
    if let Some(who) = &row.acting_for {
        take(who.as_bytes());
    }
    digest.finalize().to_vec()
}
