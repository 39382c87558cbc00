//! What rights follow from: relations, duties and where a child goes. Called by `policy`, which alone decides what they
//! give; that is why these functions take no grant.

use super::entity::{
    duty, enrolment, group_membership, guardian_relation, organisation, person, school_group,
};
use super::guardians::{Guardians, is_protected};
use super::mandates::HeldMandate;
use super::protection::handled_by;
use super::{ChildRecord, Store, StoreError, words};
use crate::policy::Withheld;
use sea_orm::{ColumnTrait, EntityTrait, JoinType, QueryFilter, QuerySelect};
use skolstart_shared::Date;
use skolstart_shared::id::{GroupId, PersonId, UnitId};
use skolstart_shared::people::DutyRole;
use skolstart_shared::school::OrganisationKind;
use std::collections::HashMap;
use std::sync::Arc;

/// What a person's rights follow from today.
pub(crate) struct Rights {
    /// Children whom the person decides for, by id.
    pub(crate) children: Vec<PersonId>,
    /// Duties at units.
    pub(crate) duties: Vec<(UnitId, DutyRole)>,
    /// The groups that she has an assignment in.
    pub(crate) groups: Vec<GroupId>,
    /// Children with protected identity whom she is named to handle.
    pub(crate) handled: Vec<PersonId>,
    /// True for a leading or administrative duty at the huvudman itself.
    pub(crate) municipal: bool,
    /// The huvudman, where she has a duty there, whatever it is.
    pub(crate) huvudman: Option<UnitId>,
    /// What is kept from her about children whom she decides for (OSL 12:3).
    pub(crate) withheld: HashMap<PersonId, Withheld>,
    /// The roles that she was given by hand. They end by the clock: whoever asks looks at it.
    pub(crate) mandates: Vec<HeldMandate>,
}

/// Where a child goes, as far as rights depend on it.
pub(crate) struct Whereabouts {
    /// The units, now and to come.
    pub(crate) units: Vec<UnitId>,
    /// True when the child, or somebody who decides for it, has protected identity.
    pub(crate) hidden: bool,
}

pub(super) const ACTIVE: &str = "active";
/// Of whom the register does not tell any more, or that she has died.
pub(super) const LEFT: &str = "gone";

impl Store {
    pub(crate) async fn rights_of(
        &self,
        who: PersonId,
        today: Date,
    ) -> Result<Option<Arc<Rights>>, StoreError> {
        let register = self.register(today);
        if let Some(known) = register.rights.get(&who) {
            return Ok(Some(known));
        }
        let rights = self.read_rights(who, today).await?.map(Arc::new);
        if let Some(rights) = &rights {
            register.rights.put(who, rights.clone());
        }
        Ok(rights)
    }

    async fn read_rights(&self, who: PersonId, today: Date) -> Result<Option<Rights>, StoreError> {
        let known = person::Entity::find_by_id(who.0)
            .filter(person::Column::Status.eq(ACTIVE))
            .one(self.db())
            .await?;
        if known.is_none() {
            return Ok(None);
        }
        let children = self.children_of(who, today).await?;
        let (mut duties, mut municipal, mut huvudman) = (Vec::new(), false, None);
        for (row, at) in self.duties_of(who).await? {
            let role = DutyRole::from_ss12000(&row.role_word);
            if !words::holds(row.from_day.as_deref(), row.to_day.as_deref(), today) {
                continue;
            }
            if at.is_some_and(|at| at.kind == OrganisationKind::Huvudman.code()) {
                municipal |= matches!(role, DutyRole::Administrator | DutyRole::Principal);
                huvudman = Some(UnitId(row.unit_id));
            } else {
                duties.push((UnitId(row.unit_id), role));
            }
        }
        let (groups, handled) = match duties.is_empty() {
            true => (Vec::new(), Vec::new()),
            false => (self.assigned_groups(who, today).await?, handled_by(self.db(), who).await?),
        };
        // Nobody who does not work there holds a role that it gives.
        let mandates = if huvudman.is_some() { self.held_by(who, today).await? } else { Vec::new() };
        let withheld = if children.is_empty() { HashMap::new() } else { self.kept_from(who, today).await? };
        Ok(Some(Rights { children, duties, groups, handled, municipal, huvudman, withheld, mandates }))
    }

    async fn children_of(&self, adult: PersonId, today: Date) -> Result<Vec<PersonId>, StoreError> {
        let to_child = guardian_relation::Entity::belongs_to(person::Entity)
            .from(guardian_relation::Column::ChildId)
            .to(person::Column::Id);
        let rows = guardian_relation::Entity::find()
            .filter(guardian_relation::Column::AdultId.eq(adult.0))
            .filter(person::Column::Status.eq(ACTIVE))
            .join(JoinType::InnerJoin, to_child.into())
            .select_also(person::Entity)
            .all(self.db())
            .await?;
        let mut children: Vec<PersonId> = rows
            .iter()
            .filter_map(|(row, child)| Some((words::relation(row)?, child.as_ref()?)))
            .filter(|(relation, child)| relation.decides_on(today, words::day(child.birth_date.as_deref())))
            .map(|(relation, _)| relation.child)
            .collect();
        children.sort();
        children.dedup();
        Ok(children)
    }

    async fn duties_of(
        &self,
        who: PersonId,
    ) -> Result<Vec<(duty::Model, Option<organisation::Model>)>, StoreError> {
        let to_unit = duty::Entity::belongs_to(organisation::Entity)
            .from(duty::Column::UnitId)
            .to(organisation::Column::Id);
        let query = duty::Entity::find().filter(duty::Column::PersonId.eq(who.0));
        Ok(query
            .join(JoinType::LeftJoin, to_unit.into())
            .select_also(organisation::Entity)
            .all(self.db())
            .await?)
    }

    /// `None`: no such child, or it goes nowhere.
    pub(crate) async fn whereabouts(
        &self,
        child: PersonId,
        today: Date,
    ) -> Result<Option<Whereabouts>, StoreError> {
        let places =
            enrolment::Entity::find().filter(enrolment::Column::ChildId.eq(child.0)).all(self.db()).await?;
        let mut units: Vec<UnitId> = places
            .iter()
            .filter(|place| words::not_ended(place.to_day.as_deref(), today))
            .map(|place| UnitId(place.unit_id))
            .collect();
        units.sort();
        units.dedup();
        if units.is_empty() {
            return Ok(None);
        }
        let guardians = Guardians::of(self.db(), &[child.0], today).await?;
        let mut family: Vec<_> = guardians.of_child(child).iter().map(|guardian| guardian.0).collect();
        family.push(child.0);
        Ok(Some(Whereabouts { units, hidden: is_protected(self.db(), &family).await? }))
    }

    /// True when the child goes in one of these groups, of whatever kind, or will.
    pub(crate) async fn goes_in(
        &self,
        child: PersonId,
        groups: &[GroupId],
        today: Date,
    ) -> Result<bool, StoreError> {
        if groups.is_empty() {
            return Ok(false);
        }
        let rows = group_membership::Entity::find()
            .filter(group_membership::Column::PersonId.eq(child.0))
            .filter(group_membership::Column::GroupId.is_in(groups.iter().map(|group| group.0)))
            .all(self.db())
            .await?;
        Ok(rows.iter().any(|row| words::not_ended(row.to_day.as_deref(), today)))
    }

    /// The child with where it goes and who decides for it.
    pub(crate) async fn child_in_register(
        &self,
        child: PersonId,
        today: Date,
    ) -> Result<Option<Arc<ChildRecord>>, StoreError> {
        Ok(self.child_records(&[child], today).await?.pop())
    }

    pub(crate) async fn unit_of_group(&self, group: GroupId) -> Result<Option<UnitId>, StoreError> {
        let row = school_group::Entity::find_by_id(group.0).one(self.db()).await?;
        Ok(row.map(|row| UnitId(row.unit_id)))
    }
}
