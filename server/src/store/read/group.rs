use super::name::Name;
use super::own::unit_names;
use super::person::persons;
use crate::policy::{Grant, ReadGroup, Scope};
use crate::store::entity::{group_membership, group_revision, school_group, task};
use crate::store::in_force;
use crate::store::rows::distinct;
use crate::store::{Store, StoreError, words};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use skolstart_shared::form::{ActKey, FormKey};
use skolstart_shared::id::{PersonId, RoundId, UnitId};
use skolstart_shared::round::{Round, TaskStatus};
use skolstart_shared::{Date, Timestamp};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// A child of a group.
#[derive(Clone, Debug)]
pub struct GroupMember {
    /// The child.
    pub id: PersonId,
    /// The name.
    pub name: Name,
    /// True when the identity, or a guardian's, is protected.
    pub protected: bool,
    /// Status per act, as stored: see [`TaskStatus::seen_on`].
    pub statuses: HashMap<(FormKey, ActKey), TaskStatus>,
    /// When an answer last came.
    pub answered: Option<Timestamp>,
    /// The last day that the round asks for answers about the child. `None`: there is no round.
    pub last_day: Option<Date>,
}

/// A group with its children.
pub struct GroupFile {
    /// The group's name.
    pub name: String,
    /// The unit.
    pub unit: UnitId,
    /// The unit's name.
    pub unit_name: String,
    /// Children, in no order.
    pub members: Vec<GroupMember>,
}

impl Store {
    /// How often the group of the grant has changed. From 1, so that 0 can mean "never seen".
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn group_revision(&self, grant: &Grant<ReadGroup>) -> Result<i64, StoreError> {
        let Some(group) = grant.group() else { return Ok(1) };
        let row = group_revision::Entity::find_by_id(group.0).one(self.db()).await?;
        Ok(1 + row.map_or(0, |row| row.revision))
    }

    /// The group of the grant. Children with protected identity only when the grant says so.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn group(
        &self,
        grant: &Grant<ReadGroup>,
        round: Option<&Round>,
        today: Date,
    ) -> Result<Option<GroupFile>, StoreError> {
        let Scope::Group { group, unit } = *grant.scope() else { return Ok(None) };
        let db = self.db();
        let Some(row) = school_group::Entity::find_by_id(group.0).one(db).await? else { return Ok(None) };
        let children = members(db, group.0, today).await?;
        let tasks = tasks(db, &children, round.map(|round| round.id)).await?;
        // Before the last day it is everybody's.
        let mut let_in = match round.filter(|round| round.closes < today) {
            Some(_) => in_force::all(db, self.sealer(), &children).await?,
            None => HashMap::new(),
        };
        let hidden: HashSet<Uuid> =
            tasks.iter().filter(|task| task.hidden).map(|task| task.child_id).collect();
        let mut members: HashMap<PersonId, GroupMember> = HashMap::new();
        for (id, person) in persons(self, &children).await? {
            let protected = person.protected || hidden.contains(&id.0);
            if !protected || grant.sees(id) {
                let (statuses, answered) = (HashMap::new(), None);
                let let_in = let_in.remove(&id).unwrap_or_default().let_in;
                let last_day = round.map(|round| in_force::last_day(&let_in, round));
                let name = person.name;
                members.insert(id, GroupMember { id, name, protected, statuses, answered, last_day });
            }
        }
        for row in tasks {
            let Some(member) = members.get_mut(&PersonId(row.child_id)) else { continue };
            let Some(status) = TaskStatus::from_name(&row.status) else { continue };
            member.statuses.insert((FormKey(row.form_key), ActKey(row.act_key)), status);
            member.answered = member.answered.max(row.answered_at.map(Timestamp::from_millis));
        }
        let unit_name = unit_names(db, &[unit.0]).await?.remove(&unit).unwrap_or_default();
        Ok(Some(GroupFile { name: row.name, unit, unit_name, members: members.into_values().collect() }))
    }
}

pub(super) async fn members<C: ConnectionTrait>(
    db: &C,
    group: Uuid,
    today: Date,
) -> Result<Vec<Uuid>, StoreError> {
    let rows =
        group_membership::Entity::find().filter(group_membership::Column::GroupId.eq(group)).all(db).await?;
    let here = rows.iter().filter(|row| words::not_ended(row.to_day.as_deref(), today));
    Ok(distinct(here.map(|row| row.person_id)))
}

pub(super) async fn tasks<C: ConnectionTrait>(
    db: &C,
    children: &[Uuid],
    round: Option<RoundId>,
) -> Result<Vec<task::Model>, StoreError> {
    let Some(round) = round else { return Ok(Vec::new()) };
    let query = task::Entity::find()
        .filter(task::Column::ChildId.is_in(children.iter().copied()))
        .filter(task::Column::RoundId.eq(round.0));
    Ok(query.all(db).await?)
}
