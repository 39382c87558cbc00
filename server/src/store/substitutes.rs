//! Who stands in for somebody in a group, for some days: who does, and the giving and ending of it.
//!
//! Owns the table. Called by `usecase::substitutes`, and by `rights` for the groups that somebody has today. Must not decide who
//! may give it: that is `policy` and the use case.

use super::entity::{duty, organisation, substitute};
use super::generation::{self, Of};
use super::read::{GroupRecord, groups_of_unit, persons_of};
use super::rows::distinct;
use super::{AuditEntry, PersonRecord, Store, StoreError, Transaction, words};
use crate::policy::{GiveGroups, Grant};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect};
use skolstart_shared::access::Role;
use skolstart_shared::id::{ChangeId, GroupId, PersonId, UnitId};
use skolstart_shared::people::DutyRole;
use skolstart_shared::{Date, Timestamp};
use std::collections::HashMap;
use std::sync::Arc;

const TABLE: &str = "substitute";

/// Somebody who stands in, as it was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubstituteRecord {
    /// Its id.
    pub id: ChangeId,
    /// Who.
    pub person: PersonId,
    /// In which group.
    pub group: GroupId,
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
    /// Who decided it, and when.
    pub given: (PersonId, Timestamp),
    /// When somebody ended it, and who.
    pub ended: Option<(Timestamp, PersonId)>,
}

/// Everything about those who stand in at a unit.
pub struct SubstituteFile {
    /// The unit's name.
    pub unit_name: String,
    /// All who do or have and are kept, the newest first.
    pub given: Vec<SubstituteRecord>,
    /// The unit's classes and departments.
    pub groups: Vec<GroupRecord>,
    /// Those who work at the unit today, in a duty that gives them children and is not the lead of it.
    pub candidates: Vec<PersonId>,
    /// Everybody named here.
    pub people: HashMap<PersonId, PersonRecord>,
}

/// Who is to stand in.
#[derive(Clone, Copy, Debug)]
pub struct StandingIn {
    /// Who.
    pub person: PersonId,
    /// At which unit.
    pub unit: UnitId,
    /// In which group.
    pub group: GroupId,
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SubstituteDone {
    /// It is done, now or before.
    Done,
    /// The id was used for something else.
    Other,
    /// There is none with this id at the unit.
    Missing,
}

impl Store {
    /// The groups that somebody stands in for today, each with its unit.
    pub(super) async fn stands_in(
        &self,
        who: PersonId,
        today: Date,
    ) -> Result<Vec<(UnitId, GroupId)>, StoreError> {
        let rows = substitute::Entity::find()
            .filter(substitute::Column::PersonId.eq(who.0))
            .filter(substitute::Column::EndedAt.is_null())
            .all(self.db())
            .await?;
        let holding = rows.iter().filter(|row| words::holds(Some(&row.from_day), Some(&row.to_day), today));
        Ok(holding.map(|row| (UnitId(row.unit_id), GroupId(row.group_id))).collect())
    }

    /// All who stand in or have at the unit, and who could.
    ///
    /// # Errors
    /// When it could not be read.
    pub async fn substitutes(
        &self,
        _grant: &Grant<GiveGroups>,
        unit: UnitId,
        today: Date,
    ) -> Result<SubstituteFile, StoreError> {
        let rows = substitute::Entity::find()
            .filter(substitute::Column::UnitId.eq(unit.0))
            .order_by_desc(substitute::Column::GivenAt)
            .all(self.db())
            .await?;
        let given: Vec<SubstituteRecord> = rows.into_iter().map(record).collect::<Result<_, _>>()?;
        let candidates = self.staff_at(unit, today).await?;
        let named = given.iter().flat_map(|one| {
            [Some(one.person), Some(one.given.0), one.ended.map(|(_, by)| by)].into_iter().flatten()
        });
        let everybody = distinct(named.chain(candidates.iter().copied()).map(|who| who.0));
        let people = persons_of(self, &everybody).await?;
        let place = organisation::Entity::find_by_id(unit.0).one(self.db()).await?;
        let unit_name = place.map(|place| place.name).unwrap_or_default();
        let groups = groups_of_unit(self.db(), unit, today).await?;
        Ok(SubstituteFile { unit_name, given, groups, candidates, people })
    }

    /// Those who work at a unit today, in a duty that gives them children and is not the lead of it, by id.
    pub(super) async fn staff_at(&self, unit: UnitId, today: Date) -> Result<Vec<PersonId>, StoreError> {
        let rows = duty::Entity::find().filter(duty::Column::UnitId.eq(unit.0)).all(self.db()).await?;
        let holding = rows.iter().filter(|row| {
            let gives = Role::of_duty(DutyRole::from_ss12000(&row.role_word)) == Some(Role::Staff);
            gives && words::holds(row.from_day.as_deref(), row.to_day.as_deref(), today)
        });
        Ok(distinct(holding.map(|row| row.person_id)).into_iter().map(PersonId).collect())
    }

    /// Lets somebody stand in. The same again is the same as once.
    ///
    /// # Errors
    /// When it could not be written.
    pub async fn let_stand_in(
        &self,
        grant: &Grant<GiveGroups>,
        id: ChangeId,
        standing: StandingIn,
    ) -> Result<SubstituteDone, StoreError> {
        let (now, by) = (self.clock().now(), grant.actor());
        let entry = Arc::new(grant.audit(TABLE, Some(standing.person.0)));
        self.write(move |db| {
            let entry = entry.clone();
            Box::pin(async move { give(db, (id, by, now), standing, &entry).await })
        })
        .await
    }

    /// Ends it at once. Ended already is the same as done.
    ///
    /// # Errors
    /// When it could not be written.
    pub async fn end_standing_in(
        &self,
        grant: &Grant<GiveGroups>,
        unit: UnitId,
        id: ChangeId,
    ) -> Result<SubstituteDone, StoreError> {
        let (now, by, generation) = (self.clock().now(), grant.actor(), self.ids().next()?);
        let today = self.clock().today();
        let entry = Arc::new(grant.audit(TABLE, None));
        self.write(move |db| {
            let entry = entry.clone();
            Box::pin(async move {
                let row = substitute::Entity::find_by_id(id.0).lock_exclusive().one(db).await?;
                let Some(row) = row.filter(|row| row.unit_id == unit.0) else {
                    return Ok((SubstituteDone::Missing, Vec::new()));
                };
                if row.ended_at.is_some() || !words::not_ended(Some(&row.to_day), today) {
                    return Ok((SubstituteDone::Done, Vec::new()));
                }
                use substitute::Column::{EndedAt, EndedBy, Id};
                substitute::Entity::update_many()
                    .col_expr(EndedBy, Expr::value(by.0))
                    .col_expr(EndedAt, Expr::value(now.as_millis()))
                    .filter(Id.eq(id.0))
                    .exec(db)
                    .await?;
                generation::advance(db, Of::Register, generation).await?;
                let object_id = Some(row.person_id);
                let ended = AuditEntry { action: "end-standing-in", object_id, ..(*entry).clone() };
                Ok((SubstituteDone::Done, vec![ended]))
            })
        })
        .await
    }
}

async fn give(
    db: &Transaction,
    (id, by, now): (ChangeId, PersonId, Timestamp),
    standing: StandingIn,
    entry: &AuditEntry,
) -> Result<(SubstituteDone, Vec<AuditEntry>), StoreError> {
    let row = substitute::Model {
        id: id.0,
        person_id: standing.person.0,
        unit_id: standing.unit.0,
        group_id: standing.group.0,
        from_day: standing.from.to_string(),
        to_day: standing.to.to_string(),
        given_by: by.0,
        given_at: now.as_millis(),
        ended_by: None,
        ended_at: None,
    };
    if let Some(before) = substitute::Entity::find_by_id(id.0).one(db).await? {
        let same = substitute::Model {
            given_at: before.given_at,
            ended_by: before.ended_by,
            ended_at: before.ended_at,
            ..row
        } == before;
        return Ok((if same { SubstituteDone::Done } else { SubstituteDone::Other }, Vec::new()));
    }
    substitute::Entity::insert(row.into_active_model()).exec_without_returning(db).await?;
    // What people may do is remembered with the register.
    generation::advance(db, Of::Register, id.0).await?;
    Ok((SubstituteDone::Done, vec![entry.clone()]))
}

fn record(row: substitute::Model) -> Result<SubstituteRecord, StoreError> {
    let day = |text: &str| words::day(Some(text)).ok_or(StoreError::Corrupt(TABLE));
    Ok(SubstituteRecord {
        id: ChangeId(row.id),
        person: PersonId(row.person_id),
        group: GroupId(row.group_id),
        from: day(&row.from_day)?,
        to: day(&row.to_day)?,
        given: (PersonId(row.given_by), Timestamp::from_millis(row.given_at)),
        ended: row.ended_at.zip(row.ended_by).map(|(at, by)| (Timestamp::from_millis(at), PersonId(by))),
    })
}
