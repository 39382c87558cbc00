//! What a whole delivery of the register does not name any more: it ended yesterday, and whoever is not named has left.
//!
//! Owns what stands of each kind, and how it ends. Keeps what was before. Whatever ends here loses the hash of its record, so that
//! the same record is written anew when it comes back. Must not decide whether a delivery is whole: its caller does.

use super::places::{ENROLMENT, PLACEMENT};
use super::relations;
use super::sift::Run;
use crate::register::ss12000::Resource;
use crate::store::Transaction;
use crate::store::entity::{
    duty, duty_assignment, enrolment, group_membership, guardian_relation, person, school_group,
};
use crate::store::read::unit_names;
use crate::store::rights::{ACTIVE, LEFT};
use crate::store::rows::{MOST_IDS, distinct};
use crate::store::{Store, StoreError, rows, shredding, words};
use sea_orm::{ColumnTrait, Condition, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect, Set};
use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;
use uuid::Uuid;

/// Rows in one transaction.
const PART: usize = 500;

/// People and groups that records point to.
#[derive(Clone, Debug, Default)]
pub struct Pointed {
    /// People.
    pub persons: Vec<Uuid>,
    /// Groups.
    pub groups: Vec<Uuid>,
}

/// A unit that most children of would leave at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Emptied {
    /// Its name.
    pub name: String,
    /// How many of its places are not named.
    pub missing: usize,
    /// Of how many.
    pub of: usize,
}

impl Store {
    /// What the register has told of this kind and what has not ended.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn standing(&self, kind: Resource) -> Result<Vec<Uuid>, StoreError> {
        let today = self.clock().today();
        let found: Vec<(Uuid, Option<String>)> = match kind {
            Resource::Organisations => return Ok(Vec::new()),
            Resource::Persons => {
                let active = person::Entity::find().filter(person::Column::Status.eq(ACTIVE));
                let ids = active.select_only().column(person::Column::Id).into_tuple();
                return Ok(ids.all(self.db()).await?);
            }
            Resource::Groups => {
                let query = school_group::Entity::find().select_only();
                let query = query.columns([school_group::Column::Id, school_group::Column::ToDay]);
                query.into_tuple().all(self.db()).await?
            }
            Resource::Duties => {
                let query = duty::Entity::find().select_only();
                query.columns([duty::Column::Id, duty::Column::ToDay]).into_tuple().all(self.db()).await?
            }
            Resource::Placements => {
                let query = enrolment::Entity::find().filter(enrolment::Column::Kind.eq(PLACEMENT));
                let query = query.select_only().columns([enrolment::Column::Id, enrolment::Column::ToDay]);
                query.into_tuple().all(self.db()).await?
            }
        };
        let standing = found.into_iter().filter(|(_, to)| words::not_ended(to.as_deref(), today));
        Ok(standing.map(|(id, _)| id).collect())
    }

    /// Whom records of this kind point to that were taken in before, for those that were left out this time: what they say now is not
    /// known.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn pointed_to(&self, kind: Resource, records: &[Uuid]) -> Result<Pointed, StoreError> {
        let mut pointed = Pointed::default();
        for part in records.chunks(MOST_IDS) {
            let ids = || part.iter().copied();
            match kind {
                Resource::Organisations => {}
                Resource::Persons => {
                    let of = guardian_relation::Column::ChildId.is_in(ids());
                    let rows = guardian_relation::Entity::find().filter(of).all(self.db()).await?;
                    pointed.persons.extend(rows.iter().map(|row| row.adult_id));
                }
                Resource::Groups => {
                    let of = group_membership::Column::GroupId.is_in(ids());
                    let rows = group_membership::Entity::find().filter(of).all(self.db()).await?;
                    pointed.persons.extend(rows.iter().map(|row| row.person_id));
                }
                Resource::Duties => {
                    let rows = duty::Entity::find().filter(duty::Column::Id.is_in(ids()));
                    pointed.persons.extend(rows.all(self.db()).await?.iter().map(|row| row.person_id));
                    let of = duty_assignment::Column::DutyId.is_in(ids());
                    let rows = duty_assignment::Entity::find().filter(of).all(self.db()).await?;
                    pointed.groups.extend(rows.iter().map(|row| row.group_id));
                }
                Resource::Placements => {
                    let rows = enrolment::Entity::find().filter(enrolment::Column::Id.is_in(ids()));
                    pointed.persons.extend(rows.all(self.db()).await?.iter().map(|row| row.child_id));
                }
            }
        }
        Ok(pointed)
    }

    /// The units of whose children more than half would end with these people and placements, and more than `few`.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn emptied(
        &self,
        persons: &[Uuid],
        placements: &[Uuid],
        few: usize,
    ) -> Result<Vec<Emptied>, StoreError> {
        use enrolment::Column::{ChildId, Id, ToDay, UnitId};
        // Nearly always: most deliveries leave nobody out.
        if persons.is_empty() && placements.is_empty() {
            return Ok(Vec::new());
        }
        let today = self.clock().today();
        let rows: Vec<(Uuid, Uuid, Uuid, Option<String>)> = enrolment::Entity::find()
            .select_only()
            .columns([Id, ChildId, UnitId, ToDay])
            .into_tuple()
            .all(self.db())
            .await?;
        let (persons, placements): (HashSet<&Uuid>, HashSet<&Uuid>) =
            (persons.iter().collect(), placements.iter().collect());
        let mut units: BTreeMap<Uuid, (usize, usize)> = BTreeMap::new();
        for (id, child, unit, to) in rows {
            if words::not_ended(to.as_deref(), today) {
                let (missing, of) = units.entry(unit).or_default();
                *of += 1;
                *missing += usize::from(persons.contains(&child) || placements.contains(&id));
            }
        }
        units.retain(|_, (missing, of)| *missing > few && *missing * 2 > *of);
        let names = unit_names(self.db(), &units.keys().copied().collect::<Vec<_>>()).await?;
        let emptied = units.into_iter().map(|(unit, (missing, of))| {
            let name = names.get(&skolstart_shared::id::UnitId(unit)).cloned().unwrap_or_default();
            Emptied { name, missing, of }
        });
        Ok(emptied.collect())
    }

    /// Ends what is of this kind, some in each transaction. What was ended before a stop stays so; the next whole delivery ends the rest.
    ///
    /// # Errors
    /// When the database cannot be read or written.
    pub async fn end_unnamed(&self, run: Uuid, kind: Resource, ids: &[Uuid]) -> Result<(), StoreError> {
        let run = Run::of(self, run);
        for part in ids.chunks(PART) {
            let work = Arc::new((part.to_vec(), run.clone()));
            self.write(move |db| {
                let work = work.clone();
                Box::pin(async move {
                    let (ids, run) = &*work;
                    match kind {
                        Resource::Organisations => {}
                        Resource::Persons => end_persons(db, ids, run).await?,
                        Resource::Groups => end_groups(db, ids, run).await?,
                        Resource::Duties => end_duties(db, ids, run).await?,
                        Resource::Placements => end_placements(db, ids, run).await?,
                    }
                    run.begin_generation(db).await?;
                    Ok(((), run.audit("import-ended")))
                })
            })
            .await?;
        }
        Ok(())
    }
}

async fn end_persons(db: &Transaction, ids: &[Uuid], run: &Run) -> Result<(), StoreError> {
    use person::Column::{Id, Status};
    shredding::hold_off(db).await?;
    run.sealer.make_keys(ids)?;
    let active = Condition::all().add(Id.is_in(ids.iter().copied())).add(Status.eq(ACTIVE));
    let before = person::Entity::find().filter(active.clone()).all(db).await?;
    run.keep(db, "person", before.into_iter().map(|row| (row.id, row))).await?;
    let left = person::ActiveModel {
        status: Set(LEFT.to_owned()),
        source_hash: Set(Vec::new()),
        updated_at: Set(run.now.as_millis()),
        ..Default::default()
    };
    person::Entity::update_many().set(left).filter(active).exec(db).await?;
    relations::end_of(db, ids, run).await?;
    end_places(db, all(enrolment::Column::ChildId, ids), run).await?;
    end_memberships(db, all(group_membership::Column::PersonId, ids), run, |_| true).await
}

async fn end_groups(db: &Transaction, ids: &[Uuid], run: &Run) -> Result<(), StoreError> {
    use school_group::Column::Id;
    let before = school_group::Entity::find().filter(Id.is_in(ids.iter().copied())).all(db).await?;
    run.keep(db, "group", before.into_iter().map(|row| (row.id, row))).await?;
    let ended = school_group::ActiveModel {
        to_day: Set(Some(run.yesterday())),
        source_hash: Set(Vec::new()),
        updated_at: Set(run.now.as_millis()),
        ..Default::default()
    };
    school_group::Entity::update_many().set(ended).filter(Id.is_in(ids.iter().copied())).exec(db).await?;
    end_memberships(db, all(group_membership::Column::GroupId, ids), run, |_| true).await
}

async fn end_duties(db: &Transaction, ids: &[Uuid], run: &Run) -> Result<(), StoreError> {
    use duty::Column::Id;
    let before = duty::Entity::find().filter(Id.is_in(ids.iter().copied())).all(db).await?;
    run.keep(db, "duty", before.into_iter().map(|row| (row.id, row))).await?;
    let ended = duty::ActiveModel {
        to_day: Set(Some(run.yesterday())),
        source_hash: Set(Vec::new()),
        updated_at: Set(run.now.as_millis()),
        ..Default::default()
    };
    duty::Entity::update_many().set(ended).filter(Id.is_in(ids.iter().copied())).exec(db).await?;
    Ok(())
}

/// A place ends with the membership that came with it: of the same child, in a group of the same unit, since the same day.
async fn end_placements(db: &Transaction, ids: &[Uuid], run: &Run) -> Result<(), StoreError> {
    use enrolment::Column::Id;
    let places = enrolment::Entity::find().filter(Id.is_in(ids.iter().copied())).all(db).await?;
    end_places(db, all(Id, ids), run).await?;
    let units = distinct(places.iter().map(|place| place.unit_id));
    let groups =
        school_group::Entity::find().filter(school_group::Column::UnitId.is_in(units)).all(db).await?;
    let is_of_place = |member: &group_membership::Model| {
        let unit = groups.iter().find(|group| group.id == member.group_id).map(|group| group.unit_id);
        places.iter().any(|place| {
            place.child_id == member.person_id
                && Some(place.unit_id) == unit
                && place.from_day == member.from_day
        })
    };
    let children = distinct(places.iter().map(|place| place.child_id));
    end_memberships(db, all(group_membership::Column::PersonId, &children), run, is_of_place).await
}

/// All rows with one of these ids there.
fn all(column: impl ColumnTrait, ids: &[Uuid]) -> Condition {
    Condition::all().add(column.is_in(ids.iter().copied()))
}

async fn end_places(db: &Transaction, which: Condition, run: &Run) -> Result<(), StoreError> {
    let found = enrolment::Entity::find().filter(which).all(db).await?;
    let standing = || found.iter().filter(|row| words::not_ended(row.to_day.as_deref(), run.today));
    for kind in [ENROLMENT, PLACEMENT] {
        let of_kind = standing().filter(|row| row.kind == kind);
        run.keep(db, kind, of_kind.map(|row| (row.id, row.clone()))).await?;
    }
    let ended = standing().map(|row| {
        let row = enrolment::Model { to_day: Some(run.yesterday()), source_hash: Vec::new(), ..row.clone() };
        row.into_active_model()
    });
    use enrolment::Column::{Id, SourceHash, ToDay};
    Ok(rows::upsert::<enrolment::Entity>(db, ended.collect(), &[Id], &[ToDay, SourceHash]).await?)
}

async fn end_memberships(
    db: &Transaction,
    which: Condition,
    run: &Run,
    ends: impl Fn(&group_membership::Model) -> bool,
) -> Result<(), StoreError> {
    use group_membership::Column::{GroupId, PersonId, ToDay};
    let found = group_membership::Entity::find().filter(which).all(db).await?;
    let standing =
        found.into_iter().filter(|row| words::not_ended(row.to_day.as_deref(), run.today) && ends(row));
    let ended = standing
        .map(|row| group_membership::Model { to_day: Some(run.yesterday()), ..row }.into_active_model());
    let keys = [GroupId, PersonId];
    Ok(rows::upsert::<group_membership::Entity>(db, ended.collect(), &keys, &[ToDay]).await?)
}
