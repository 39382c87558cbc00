use super::group::members;
use super::home::ChildRecord;
use super::own::unit_names;
use super::person::{PersonRecord, persons};
use crate::policy::{Grant, ReadCollecting, Scope};
use crate::store::entity::school_group;
use crate::store::rows::distinct;
use crate::store::{Store, StoreError, known};
use sea_orm::EntityTrait;
use skolstart_shared::Date;
use skolstart_shared::fact::Snapshot;
use skolstart_shared::id::{PersonId, UnitId};
use std::collections::HashMap;
use std::sync::Arc;
use uuid::Uuid;

/// The children of a group who may stand on a list that others see, with what is known about them.
pub struct CollectingFile {
    /// The group's name.
    pub name: String,
    /// The unit.
    pub unit: UnitId,
    /// The unit's name.
    pub unit_name: String,
    /// The children, in no order.
    pub children: Vec<Arc<ChildRecord>>,
    /// They, and those who decide for them.
    pub people: HashMap<PersonId, PersonRecord>,
    /// What is known about the children.
    pub snapshots: HashMap<PersonId, Snapshot>,
}

impl Store {
    /// The group of the grant, without children who are not to be found out about: whatever the grant says, since the list is seen by
    /// others than whoever reads it.
    ///
    /// # Errors
    /// When the database cannot be read, or a sealed value was altered.
    pub async fn collecting(
        &self,
        grant: &Grant<ReadCollecting>,
        today: Date,
    ) -> Result<Option<CollectingFile>, StoreError> {
        let Scope::Group { group, unit } = *grant.scope() else { return Ok(None) };
        let db = self.db();
        let Some(row) = school_group::Entity::find_by_id(group.0).one(db).await? else { return Ok(None) };
        let ids: Vec<PersonId> = members(db, group.0, today).await?.into_iter().map(PersonId).collect();
        let mut children = self.child_records(&ids, today).await?;
        let family = children.iter().flat_map(|child| child.guardians.iter().copied().chain([child.id]));
        let people = persons(self, &distinct(family.map(|person| person.0))).await?;
        children.retain(|child| !child.is_shielded(&people));
        let shown: Vec<Uuid> = children.iter().map(|child| child.id.0).collect();
        let snapshots = known::snapshots(db, self.sealer(), &shown).await?;
        let unit_name = unit_names(db, &[unit.0]).await?.remove(&unit).unwrap_or_default();
        Ok(Some(CollectingFile { name: row.name, unit, unit_name, children, people, snapshots }))
    }
}
