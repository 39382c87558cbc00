//! Lists that were asked for, read for those who asked and for those who decide.

use crate::policy::{ExportLists, Grant, HandleAlarms, ReadPictures, Scope};
use crate::store::entity::{list_export, organisation, school_group};
use crate::store::read::persons_of;
use crate::store::rows::distinct;
use crate::store::{PersonRecord, Sealer, Store, StoreError};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder};
use skolstart_shared::Timestamp;
use skolstart_shared::api::PictureList;
use skolstart_shared::form::{ActKey, FormKey};
use skolstart_shared::id::{ChangeId, GroupId, PersonId, UnitId};
use std::collections::HashMap;

pub(super) const TABLE: &str = "list_export";

/// A list that was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportRecord {
    /// Its id.
    pub id: ChangeId,
    /// Who asked.
    pub by: PersonId,
    /// The unit.
    pub unit: UnitId,
    /// Which.
    pub list: PictureList,
    /// How many children it was about.
    pub children: u32,
    /// What for.
    pub reason: String,
    /// When.
    pub at: Timestamp,
    /// Who decided as the second person, and when.
    pub decided: Option<(PersonId, Timestamp)>,
    /// It can be fetched, or could.
    pub approved: bool,
}

impl Store {
    /// The same list for whoever has just asked for it.
    ///
    /// # Errors
    /// When it could not be read.
    pub async fn list_of(
        &self,
        grant: &Grant<ReadPictures>,
        id: ChangeId,
    ) -> Result<Option<ExportRecord>, StoreError> {
        self.list_by(grant.actor(), id).await
    }

    async fn list_by(&self, who: PersonId, id: ChangeId) -> Result<Option<ExportRecord>, StoreError> {
        let mine = list_export::Column::ById.eq(who.0);
        let row = list_export::Entity::find_by_id(id.0).filter(mine).one(self.db()).await?;
        row.map(|row| open(self.sealer(), row)).transpose()
    }

    /// The names of people, for those who may see lists.
    ///
    /// # Errors
    /// When they could not be read.
    pub async fn names_of_askers(
        &self,
        _grant: &Grant<ExportLists>,
        people: &[PersonId],
    ) -> Result<HashMap<PersonId, PersonRecord>, StoreError> {
        persons_of(self, &distinct(people.iter().map(|person| person.0))).await
    }

    /// Unit and group of each list, in words.
    ///
    /// # Errors
    /// When they could not be read.
    pub async fn places_of_lists(
        &self,
        _grant: &Grant<ExportLists>,
        lists: &[ExportRecord],
    ) -> Result<HashMap<GroupId, String>, StoreError> {
        let groups = distinct(lists.iter().map(|list| list.list.group.0));
        let groups = school_group::Entity::find()
            .filter(school_group::Column::Id.is_in(groups))
            .all(self.db())
            .await?;
        let units = distinct(groups.iter().map(|group| group.unit_id));
        let units =
            organisation::Entity::find().filter(organisation::Column::Id.is_in(units)).all(self.db()).await?;
        let unit = |id| units.iter().find(|unit| unit.id == id).map_or("", |unit| unit.name.as_str());
        let place = |group: school_group::Model| {
            (GroupId(group.id), [unit(group.unit_id), " ", &group.name].concat())
        };
        Ok(groups.into_iter().map(place).collect())
    }

    /// A list that the actor has asked for.
    ///
    /// # Errors
    /// When it could not be read.
    pub async fn own_list(
        &self,
        grant: &Grant<ExportLists>,
        id: ChangeId,
    ) -> Result<Option<ExportRecord>, StoreError> {
        self.list_by(grant.actor(), id).await
    }

    /// The actor's own lists since a time, and those of others that wait at the units that she leads, newest first.
    ///
    /// # Errors
    /// When they could not be read.
    pub async fn lists(
        &self,
        grant: &Grant<ExportLists>,
        leads: Option<&Grant<HandleAlarms>>,
        since: Timestamp,
    ) -> Result<Vec<ExportRecord>, StoreError> {
        use list_export::Column::{Approved, At, ById, DecidedAt, UnitId as Unit};
        let mut shown = Condition::any().add(ById.eq(grant.actor().0));
        if let Some(leads) = leads {
            let mut waiting = Condition::all().add(Approved.eq(false)).add(DecidedAt.is_null());
            if let Scope::Units(units) = leads.scope() {
                waiting = waiting.add(Unit.is_in(units.iter().map(|unit| unit.0)));
            }
            shown = shown.add(waiting);
        }
        let query =
            list_export::Entity::find().filter(At.gte(since.as_millis())).filter(shown).order_by_desc(At);
        query.all(self.db()).await?.into_iter().map(|row| open(self.sealer(), row)).collect()
    }
}

pub(super) fn open(sealer: &Sealer, row: list_export::Model) -> Result<ExportRecord, StoreError> {
    let corrupt = || StoreError::Corrupt(TABLE);
    let plain = sealer.open(TABLE, "sealed", row.id, &row.sealed).map_err(|_| corrupt())?;
    Ok(ExportRecord {
        id: ChangeId(row.id),
        by: PersonId(row.by_id),
        unit: UnitId(row.unit_id),
        list: PictureList {
            group: GroupId(row.group_id),
            form: FormKey(row.form_key),
            act: ActKey(row.act_key),
        },
        children: u32::try_from(row.children).unwrap_or(0),
        reason: String::from_utf8(plain.to_vec()).map_err(|_| corrupt())?,
        at: Timestamp::from_millis(row.at),
        decided: row
            .decided_by
            .zip(row.decided_at)
            .map(|(by, at)| (PersonId(by), Timestamp::from_millis(at))),
        approved: row.approved,
    })
}
