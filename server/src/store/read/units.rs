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
            Scope::Groups { whole, in_part, .. } => {
                named_units(self.db(), &[&whole[..], in_part].concat()).await?
            }
            _ => Vec::new(),
        };
        let mine = self.assigned_groups(grant.actor(), today).await?;
        let mine: HashSet<Uuid> = mine.into_iter().map(|group| group.0).collect();
        let mut groups = groups(self.db(), &units, &mine, today).await?;
        if let Scope::Groups { in_part, groups: own, .. } = grant.scope() {
            for unit in in_part {
                groups.entry(unit.0).and_modify(|of_unit| of_unit.retain(|group| own.contains(&group.id)));
            }
        }
        let record = |row: organisation::Model| UnitRecord {
            groups: groups.remove(&row.id).unwrap_or_default(),
            id: UnitId(row.id),
            name: row.name,
        };
        Ok(units.into_iter().map(record).collect())
    }
}

impl Store {
    /// The groups that somebody has today, by id: by an assignment, or because she stands in at a unit where she works. Called by
    /// what rights follow from.
    pub(in crate::store) async fn assigned_groups(
        &self,
        who: PersonId,
        today: Date,
    ) -> Result<Vec<GroupId>, StoreError> {
        let (duties, assigned) = assignments(self.db(), who.0, today).await?;
        let mut groups: Vec<GroupId> = assigned.into_iter().map(GroupId).collect();
        let works_at = |unit: UnitId| duties.iter().any(|duty| duty.unit_id == unit.0);
        let standing_in = self.stands_in(who, today).await?.into_iter();
        groups.extend(standing_in.filter(|(unit, _)| works_at(*unit)).map(|(_, group)| group));
        groups.sort();
        groups.dedup();
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

/// The classes and departments of a unit where children have their main place.
pub(in crate::store) async fn groups_of_unit<C: ConnectionTrait>(
    db: &C,
    unit: UnitId,
    today: Date,
) -> Result<Vec<GroupRecord>, StoreError> {
    let place = named_units(db, &[unit]).await?;
    Ok(groups(db, &place, &HashSet::new(), today).await?.remove(&unit.0).unwrap_or_default())
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

/// The duties that somebody has today, and the groups that these are assigned to.
async fn assignments<C: ConnectionTrait>(
    db: &C,
    person: Uuid,
    today: Date,
) -> Result<(Vec<duty::Model>, HashSet<Uuid>), StoreError> {
    let mut duties = duty::Entity::find().filter(duty::Column::PersonId.eq(person)).all(db).await?;
    duties.retain(|row| words::holds(row.from_day.as_deref(), row.to_day.as_deref(), today));
    let ids = distinct(duties.iter().map(|row| row.id));
    let rows =
        duty_assignment::Entity::find().filter(duty_assignment::Column::DutyId.is_in(ids)).all(db).await?;
    let holding =
        rows.iter().filter(|row| words::holds(row.from_day.as_deref(), row.to_day.as_deref(), today));
    let groups = holding.map(|row| row.group_id).collect();
    Ok((duties, groups))
}
