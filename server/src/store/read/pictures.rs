use super::group::members;
use super::home::{ChildRecord, by_child};
use super::own::unit_names;
use super::person::persons;
use crate::policy::{Grant, ReadPictures, Scope};
use crate::store::entity::school_group;
use crate::store::rows::distinct;
use crate::store::{Store, StoreError};
use sea_orm::EntityTrait;
use skolstart_shared::Date;
use skolstart_shared::consent::ConsentDecision;
use skolstart_shared::id::PersonId;
use std::collections::HashMap;
use std::sync::Arc;

/// A child of a group, with whether it may be shown at all.
pub struct PictureChild {
    /// The child.
    pub child: Arc<ChildRecord>,
    /// True when its identity, or that of somebody who decides for it, is protected.
    pub shielded: bool,
}

/// The children of a group and what has been decided about them.
pub struct PictureFile {
    /// The group's name.
    pub name: String,
    /// The unit's name.
    pub unit_name: String,
    /// The children, in no order.
    pub children: Vec<PictureChild>,
    /// Everybody's latest decisions.
    pub decisions: HashMap<PersonId, Vec<ConsentDecision>>,
    /// The words of limits, by decision.
    pub limits: HashMap<i64, String>,
}

impl Store {
    /// The group of the grant. Children who must never be shown only when the grant says so; a protection that came by the
    /// register a moment ago counts.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn pictures(
        &self,
        grant: &Grant<ReadPictures>,
        today: Date,
    ) -> Result<Option<PictureFile>, StoreError> {
        let Scope::Group { group, unit } = *grant.scope() else { return Ok(None) };
        let db = self.db();
        let Some(row) = school_group::Entity::find_by_id(group.0).one(db).await? else { return Ok(None) };
        let ids: Vec<PersonId> = members(db, group.0, today).await?.into_iter().map(PersonId).collect();
        let records = self.child_records(&ids, today).await?;
        let family = records.iter().flat_map(|child| child.guardians.iter().copied().chain([child.id]));
        let people = persons(self, &distinct(family.map(|person| person.0))).await?;
        let all = records.into_iter().map(|child| {
            let shielded = child.is_shielded(&people);
            PictureChild { child, shielded }
        });
        let children: Vec<PictureChild> =
            all.filter(|child| !child.shielded || grant.sees_protected()).collect();
        let rows = self.latest_decisions(children.iter().map(|child| child.child.id.0).collect()).await?;
        let (decisions, limits) = (by_child(&rows)?, self.limits(&rows).await?);
        let unit_name = unit_names(db, &[unit.0]).await?.remove(&unit).unwrap_or_default();
        Ok(Some(PictureFile { name: row.name, unit_name, children, decisions, limits }))
    }
}
