//! Where children have their main place: what conditions and audiences are about. Called by the store, and by the use cases
//! through a principal.

use super::entity::{enrolment, group_membership, school_group};
use super::read::ChildRecord;
use super::rows::MOST_IDS;
use super::{Store, StoreError, words};
use crate::policy::{Grant, Principal, ReadChild};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QuerySelect};
use skolstart_shared::Date;
use skolstart_shared::form::Setting;
use skolstart_shared::id::{GroupId, PersonId, UnitId};
use skolstart_shared::round::Stands;
use skolstart_shared::school::{Grade, GroupKind, SchoolForm};
use std::collections::HashMap;
use std::sync::Arc;
use uuid::Uuid;

/// A child's main place: school or preschool, not educare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The unit.
    pub unit: UnitId,
    /// The class or department, where there is one.
    pub group: Option<GroupId>,
    /// The school form.
    pub school_form: SchoolForm,
    /// The grade, in school forms that have grades.
    pub grade: Option<Grade>,
}

impl Place {
    /// As the audience of a round asks.
    pub fn stands(&self) -> Stands {
        Stands { school_form: self.school_form, grade: self.grade, unit: self.unit, group: self.group }
    }

    /// What conditions know about a child with this place, or with none, born then, with so many who decide for it.
    pub fn setting(place: Option<&Self>, born: Option<Date>, guardians: usize, today: Date) -> Setting {
        Setting {
            school_form: place.map(|place| place.school_form),
            grade: place.and_then(|place| place.grade),
            birth: born,
            guardians: u8::try_from(guardians).unwrap_or(u8::MAX),
            today,
        }
    }
}

impl Store {
    /// Where the child of the grant has its main place.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn place_of(&self, grant: &Grant<ReadChild>, today: Date) -> Result<Option<Place>, StoreError> {
        let Some(child) = grant.child() else { return Ok(None) };
        Ok(places(self.db(), &[child.0], today).await?.remove(&child))
    }

    /// The principal's own children, with where they go and who decides for them.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn own_children(
        &self,
        principal: &Principal,
        today: Date,
    ) -> Result<HashMap<PersonId, Arc<ChildRecord>>, StoreError> {
        let records = self.child_records(principal.children(), today).await?;
        Ok(records.into_iter().map(|record| (record.id, record)).collect())
    }
}

/// The main places of these children. A place that has not begun counts, and of several the one that begins last: a school
/// start is prepared while the child still goes to preschool.
pub(super) async fn places<C: ConnectionTrait>(
    db: &C,
    children: &[Uuid],
    today: Date,
) -> Result<HashMap<PersonId, Place>, StoreError> {
    let mut found: HashMap<PersonId, (Option<Date>, Place)> = HashMap::new();
    for part in children.chunks(MOST_IDS) {
        let rows = enrolment::Entity::find()
            .filter(enrolment::Column::ChildId.is_in(part.iter().copied()))
            .all(db)
            .await?;
        for row in rows.iter().filter(|row| words::not_ended(row.to_day.as_deref(), today)) {
            let Some(school_form) = SchoolForm::from_code(&row.school_form).filter(|form| form.is_main())
            else {
                continue;
            };
            let grade = row.grade.and_then(|grade| Grade::new(u8::try_from(grade).ok()?));
            let place = Place { unit: UnitId(row.unit_id), group: None, school_form, grade };
            let begins = words::day(row.from_day.as_deref());
            let known = found.entry(PersonId(row.child_id)).or_insert((begins, place));
            if (begins, place.unit) > (known.0, known.1.unit) {
                *known = (begins, place);
            }
        }
    }
    let mut places = found.into_iter().map(|(child, (_, place))| (child, place)).collect();
    add_groups(db, children, today, &mut places).await?;
    Ok(places)
}

async fn add_groups<C: ConnectionTrait>(
    db: &C,
    children: &[Uuid],
    today: Date,
    places: &mut HashMap<PersonId, Place>,
) -> Result<(), StoreError> {
    let mut begins: HashMap<PersonId, Option<Date>> = HashMap::new();
    for part in children.chunks(MOST_IDS) {
        let to_group = group_membership::Entity::belongs_to(school_group::Entity)
            .from(group_membership::Column::GroupId)
            .to(school_group::Column::Id);
        let rows = group_membership::Entity::find()
            .filter(group_membership::Column::PersonId.is_in(part.iter().copied()))
            .join(JoinType::InnerJoin, to_group.into())
            .select_also(school_group::Entity)
            .all(db)
            .await?;
        for (member, group) in rows {
            let Some(group) = group.filter(is_home) else { continue };
            let child = PersonId(member.person_id);
            let ended = !words::not_ended(member.to_day.as_deref(), today)
                || !words::not_ended(group.to_day.as_deref(), today);
            let Some(place) = places.get_mut(&child).filter(|place| place.unit.0 == group.unit_id && !ended)
            else {
                continue;
            };
            let from = words::day(member.from_day.as_deref());
            let known = begins.get(&child).map(|known| (*known, place.group));
            if known.is_none_or(|known| (from, Some(GroupId(group.id))) > known) {
                begins.insert(child, from);
                place.group = Some(GroupId(group.id));
            }
        }
    }
    Ok(())
}

/// Departments exist in educare too; those are not where the child has its main place.
fn is_home(group: &school_group::Model) -> bool {
    let main = group.school_form.as_deref().and_then(SchoolForm::from_code).is_none_or(SchoolForm::is_main);
    GroupKind::from_code(&group.kind).is_home() && main
}
