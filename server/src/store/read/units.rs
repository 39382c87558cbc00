use crate::policy::{Grant, ReadForms, ReadUnits, Scope};
use crate::store::entity::{duty, duty_assignment, organisation, school_group};
use crate::store::rows::distinct;
use crate::store::{Store, StoreError, words};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use skolstart_shared::Date;
use skolstart_shared::api::UnitOption;
use skolstart_shared::id::{GroupId, PersonId, UnitId};
use skolstart_shared::school::{GroupKind, OrganisationKind, SchoolForm};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// A unit.
#[derive(Clone, Debug)]
pub struct UnitRecord {
    /// Its id.
    pub id: UnitId,
    /// Its name.
    pub name: String,
    /// Its classes and departments.
    pub groups: Vec<GroupRecord>,
}

/// A class or department.
#[derive(Clone, Debug)]
pub struct GroupRecord {
    /// Its id.
    pub id: GroupId,
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: GroupKind,
    /// True when the actor has an assignment in it.
    pub mine: bool,
}

impl Store {
    /// The units that the grant reaches, with the classes and departments where children have their main place.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn units(&self, grant: &Grant<ReadUnits>, today: Date) -> Result<Vec<UnitRecord>, StoreError> {
        let units = match grant.scope() {
            Scope::Municipality => all_units(self.db(), today).await?,
            Scope::Units(units) => named_units(self.db(), units).await?,
            _ => Vec::new(),
        };
        let mine = assignments(self.db(), grant.actor().0, today).await?;
        let mut groups = groups(self.db(), &units, &mine, today).await?;
        let record = |row: organisation::Model| UnitRecord {
            groups: groups.remove(&row.id).unwrap_or_default(),
            id: UnitId(row.id),
            name: row.name,
        };
        Ok(units.into_iter().map(record).collect())
    }
}

impl Store {
    /// The groups that somebody has an assignment in today, by id. Called by what rights follow from.
    pub(in crate::store) async fn assigned_groups(
        &self,
        who: PersonId,
        today: Date,
    ) -> Result<Vec<GroupId>, StoreError> {
        let mut groups: Vec<GroupId> =
            assignments(self.db(), who.0, today).await?.into_iter().map(GroupId).collect();
        groups.sort();
        Ok(groups)
    }

    /// Every unit with its classes and departments, for the audience of a round. About no person.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn units_of_rounds(
        &self,
        _grant: &Grant<ReadForms>,
        today: Date,
    ) -> Result<Vec<UnitRecord>, StoreError> {
        let units = all_units(self.db(), today).await?;
        let mut groups = groups(self.db(), &units, &HashSet::new(), today).await?;
        let record = |row: organisation::Model| UnitRecord {
            groups: groups.remove(&row.id).unwrap_or_default(),
            id: UnitId(row.id),
            name: row.name,
        };
        Ok(units.into_iter().map(record).collect())
    }
}

impl Store {
    /// The units that an answer can name, by name: every unit that has not ended. About no person, so it takes no grant.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn units_to_choose(&self, today: Date) -> Result<Vec<UnitOption>, StoreError> {
        let record = |row: organisation::Model| UnitOption {
            id: UnitId(row.id),
            school_forms: row.school_forms.split(' ').filter_map(SchoolForm::from_code).collect(),
            name: row.name,
        };
        let mut units: Vec<_> = all_units(self.db(), today).await?.into_iter().map(record).collect();
        units.sort_by(|one, other| one.name.cmp(&other.name));
        Ok(units)
    }
}

pub(in crate::store) async fn all_units<C: ConnectionTrait>(
    db: &C,
    today: Date,
) -> Result<Vec<organisation::Model>, StoreError> {
    let units = organisation::Column::Kind.eq(OrganisationKind::Unit.code());
    let mut rows = organisation::Entity::find().filter(units).all(db).await?;
    rows.retain(|row| words::not_ended(row.to_day.as_deref(), today));
    Ok(rows)
}

async fn named_units<C: ConnectionTrait>(
    db: &C,
    units: &[UnitId],
) -> Result<Vec<organisation::Model>, StoreError> {
    let named = organisation::Column::Id.is_in(units.iter().map(|unit| unit.0));
    Ok(organisation::Entity::find().filter(named).all(db).await?)
}

async fn groups<C: ConnectionTrait>(
    db: &C,
    units: &[organisation::Model],
    mine: &HashSet<Uuid>,
    today: Date,
) -> Result<HashMap<Uuid, Vec<GroupRecord>>, StoreError> {
    let mut found: HashMap<Uuid, Vec<GroupRecord>> = HashMap::new();
    let here = school_group::Column::UnitId.is_in(units.iter().map(|unit| unit.id));
    for row in school_group::Entity::find().filter(here).all(db).await? {
        let kind = GroupKind::from_code(&row.kind);
        // Departments of educare are not where a child has its main place, and answers are counted where it has.
        let main = row.school_form.as_deref().and_then(SchoolForm::from_code).is_none_or(SchoolForm::is_main);
        if !kind.is_home() || !main || !words::not_ended(row.to_day.as_deref(), today) {
            continue;
        }
        let group = GroupRecord { mine: mine.contains(&row.id), id: GroupId(row.id), name: row.name, kind };
        found.entry(row.unit_id).or_default().push(group);
    }
    Ok(found)
}

async fn assignments<C: ConnectionTrait>(
    db: &C,
    person: Uuid,
    today: Date,
) -> Result<HashSet<Uuid>, StoreError> {
    let duties = duty::Entity::find().filter(duty::Column::PersonId.eq(person)).all(db).await?;
    let holding =
        duties.iter().filter(|row| words::holds(row.from_day.as_deref(), row.to_day.as_deref(), today));
    let duties = distinct(holding.map(|row| row.id));
    let rows =
        duty_assignment::Entity::find().filter(duty_assignment::Column::DutyId.is_in(duties)).all(db).await?;
    let holding =
        rows.iter().filter(|row| words::holds(row.from_day.as_deref(), row.to_day.as_deref(), today));
    Ok(holding.map(|row| row.group_id).collect())
}
