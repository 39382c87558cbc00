//! What is known about people: their snapshots, opened. Called by the use cases of guardians.

use super::entity::fact_snapshot;
use super::together::Source;
use super::{Sealer, Store, StoreError};
use crate::policy::Principal;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use skolstart_shared::fact::Snapshot;
use skolstart_shared::id::PersonId;
use std::collections::HashMap;
use uuid::Uuid;

/// The snapshots of people.
pub(super) const SNAPSHOTS: Source<fact_snapshot::Model> = Source {
    sql: "SELECT subject_id, version, sealed FROM fact_snapshot WHERE subject_id IN ({ids})",
    person: |row| row.subject_id,
};

impl Store {
    /// What is known about the principal and the children she decides for. Somebody of whom nothing is known is left out.
    ///
    /// # Errors
    /// When the database cannot be read, or a snapshot was altered.
    pub async fn snapshots_of_own(
        &self,
        principal: &Principal,
    ) -> Result<HashMap<PersonId, Snapshot>, StoreError> {
        let people: Vec<Uuid> =
            principal.children().iter().chain([&principal.person()]).map(|person| person.0).collect();
        let rows = self.inner.memory.snapshots.about(people, self.reader.sight()).await?;
        rows.iter().map(|row| Ok((PersonId(row.subject_id), open(self.sealer(), row)?))).collect()
    }
}

/// The snapshots of these people.
pub(super) async fn snapshots<C: ConnectionTrait>(
    db: &C,
    sealer: &Sealer,
    people: &[Uuid],
) -> Result<HashMap<PersonId, Snapshot>, StoreError> {
    let mut found = HashMap::new();
    for part in people.chunks(super::rows::MOST_IDS) {
        let query = fact_snapshot::Entity::find()
            .filter(fact_snapshot::Column::SubjectId.is_in(part.iter().copied()));
        for row in query.all(db).await? {
            found.insert(PersonId(row.subject_id), open(sealer, &row)?);
        }
    }
    Ok(found)
}

fn open(sealer: &Sealer, row: &fact_snapshot::Model) -> Result<Snapshot, StoreError> {
    let corrupt = StoreError::Corrupt("fact_snapshot");
    let plain = sealer
        .open_for(row.subject_id, "fact_snapshot", "sealed", row.subject_id, &row.sealed)
        .map_err(|_| corrupt.clone())?;
    let snapshot: Snapshot = serde_json::from_slice(&plain).map_err(|_| corrupt.clone())?;
    // The version stands outside the seal so that the writer can compare it. They must agree.
    if i64::from(snapshot.version) == i64::from(row.version) { Ok(snapshot) } else { Err(corrupt) }
}
