//! Roles that the municipality gives by hand, for a time: who holds one, and the giving and ending of it.
//!
//! Owns the table. Called by `usecase::mandates`, and by `rights` for what somebody holds now. Must not decide what a role gives:
//! that is `policy`.

use super::entity::{duty, mandate, organisation};
use super::generation::{self, Of};
use super::read::{all_units, persons_of};
use super::rows::distinct;
use super::{AuditEntry, PersonRecord, Sealer, Store, StoreError, Transaction, words};
use crate::policy::{GiveMandates, Grant};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
    Statement,
};
use skolstart_shared::api::MandateKind;
use skolstart_shared::id::{ChangeId, PersonId, UnitId};
use skolstart_shared::school::OrganisationKind;
use skolstart_shared::{Date, Timestamp};
use std::collections::HashMap;
use std::sync::Arc;
use uuid::Uuid;

const TABLE: &str = "mandate";

/// One question for all roles: by actor and time there is an index.
const TIMES_USED: &str = "SELECT m.id, COUNT(*) FROM mandate m JOIN audit a ON a.actor = m.person_id AND a.at >= m.given_at \
    AND a.at <= COALESCE(m.ended_at, m.until_at) AND a.purpose = m.kind AND a.outcome <> 'refused' GROUP BY m.id";

/// A role that somebody holds: for a unit, or for the whole municipality.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct HeldMandate {
    pub(crate) kind: MandateKind,
    /// The units that it is for.
    pub(crate) units: Vec<UnitId>,
    pub(crate) until: Timestamp,
}

/// A role as it was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MandateRecord {
    /// Its id.
    pub id: ChangeId,
    /// Who holds it.
    pub person: PersonId,
    /// Which.
    pub kind: MandateKind,
    /// For which unit. `None`: the whole municipality.
    pub unit: Option<UnitId>,
    /// Why.
    pub reason: String,
    /// Who gave it, and when.
    pub given: (PersonId, Timestamp),
    /// When it ends by itself.
    pub until: Timestamp,
    /// When somebody ended it, and who.
    pub ended: Option<(Timestamp, PersonId)>,
}

/// Everything about roles that are given by hand.
pub struct MandateFile {
    /// All of them, the newest first, with how many times each was used.
    pub given: Vec<(MandateRecord, u64)>,
    /// Those who work at the huvudman itself today.
    pub candidates: Vec<PersonId>,
    /// Every unit that has not ended.
    pub units: Vec<(UnitId, String)>,
    /// Everybody named here.
    pub people: HashMap<PersonId, PersonRecord>,
}

/// What is to be given.
#[derive(Clone, Debug)]
pub struct Giving {
    /// To whom.
    pub person: PersonId,
    /// Which role.
    pub kind: MandateKind,
    /// For which unit. `None`: the whole municipality.
    pub unit: Option<UnitId>,
    /// For how many milliseconds.
    pub lasts: i64,
    /// Why.
    pub reason: String,
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MandateDone {
    /// It is done, now or before.
    Done,
    /// The id was used for something else.
    Other,
    /// There is none with this id.
    Missing,
}

impl Store {
    /// What this person holds now. It counts for somebody who works at the huvudman today: `rights` asks for nobody else.
    pub(super) async fn held_by(&self, who: PersonId, today: Date) -> Result<Vec<HeldMandate>, StoreError> {
        let rows = mandate::Entity::find()
            .filter(mandate::Column::PersonId.eq(who.0))
            .filter(mandate::Column::EndedAt.is_null())
            .filter(mandate::Column::UntilAt.gt(self.clock().now().as_millis()))
            .all(self.db())
            .await?;
        let mut held = Vec::with_capacity(rows.len());
        for row in rows {
            let kind = kind(&row)?;
            let units = match row.unit_id {
                _ if !kind.is_at_a_unit() => Vec::new(),
                Some(unit) => vec![UnitId(unit)],
                None => all_units(self.db(), today).await?.into_iter().map(|row| UnitId(row.id)).collect(),
            };
            held.push(HeldMandate { kind, units, until: Timestamp::from_millis(row.until_at) });
        }
        Ok(held)
    }

    /// All that were given and are kept, and who could be given one.
    ///
    /// # Errors
    /// When it could not be read, or a value was altered.
    pub async fn mandates(
        &self,
        _grant: &Grant<GiveMandates>,
        today: Date,
    ) -> Result<MandateFile, StoreError> {
        let rows = mandate::Entity::find().order_by_desc(mandate::Column::GivenAt).all(self.db()).await?;
        let used = self.times_used().await?;
        let mut given = Vec::with_capacity(rows.len());
        for row in rows {
            let record = open(self.sealer(), row)?;
            let used = used.get(&record.id.0).copied().unwrap_or_default();
            given.push((record, used));
        }
        let candidates = self.at_huvudman(today).await?;
        let named = given.iter().flat_map(|(record, _)| {
            [Some(record.person), Some(record.given.0), record.ended.map(|(_, by)| by)].into_iter().flatten()
        });
        let everybody = distinct(named.chain(candidates.iter().copied()).map(|who| who.0));
        let people = persons_of(self, &everybody).await?;
        let units = all_units(self.db(), today).await?;
        let units = units.into_iter().map(|row| (UnitId(row.id), row.name)).collect();
        Ok(MandateFile { given, candidates, units, people })
    }

    /// Gives a role. The same again is the same as once.
    ///
    /// # Errors
    /// When it could not be written.
    pub async fn give_mandate(
        &self,
        grant: &Grant<GiveMandates>,
        id: ChangeId,
        giving: Giving,
    ) -> Result<MandateDone, StoreError> {
        let (now, by) = (self.clock().now(), grant.actor());
        let entry = grant.audit(giving.kind.as_str(), Some(giving.person.0));
        let work = Arc::new((self.sealer().clone(), giving, entry));
        self.write(move |db| {
            let work = work.clone();
            Box::pin(async move {
                let (sealer, giving, entry) = &*work;
                give(db, sealer, (id, by, now), giving, entry).await
            })
        })
        .await
    }

    /// Ends a role at once. Ended already is the same as done.
    ///
    /// # Errors
    /// When it could not be written.
    pub async fn end_mandate(
        &self,
        grant: &Grant<GiveMandates>,
        id: ChangeId,
    ) -> Result<MandateDone, StoreError> {
        let (now, by, generation) = (self.clock().now(), grant.actor(), self.ids().next()?);
        let entry = grant.audit("mandate", None);
        self.write(move |db| {
            let entry = entry.clone();
            Box::pin(async move {
                let Some(row) = mandate::Entity::find_by_id(id.0).lock_exclusive().one(db).await? else {
                    return Ok((MandateDone::Missing, Vec::new()));
                };
                if row.ended_at.is_some() || row.until_at <= now.as_millis() {
                    return Ok((MandateDone::Done, Vec::new()));
                }
                use mandate::Column::{EndedAt, EndedBy, Id};
                mandate::Entity::update_many()
                    .col_expr(EndedBy, Expr::value(by.0))
                    .col_expr(EndedAt, Expr::value(now.as_millis()))
                    .filter(Id.eq(id.0))
                    .exec(db)
                    .await?;
                generation::advance(db, Of::Register, generation).await?;
                let object_kind = kind(&row)?.as_str();
                let ended = AuditEntry {
                    action: "end-mandate",
                    object_kind,
                    object_id: Some(row.person_id),
                    ..entry
                };
                Ok((MandateDone::Done, vec![ended]))
            })
        })
        .await
    }

    /// Those with a duty at the huvudman itself today, by id.
    async fn at_huvudman(&self, today: Date) -> Result<Vec<PersonId>, StoreError> {
        let huvudman = organisation::Column::Kind.eq(OrganisationKind::Huvudman.code());
        let places = organisation::Entity::find().filter(huvudman).all(self.db()).await?;
        let here = duty::Column::UnitId.is_in(places.iter().map(|place| place.id));
        let rows = duty::Entity::find().filter(here).all(self.db()).await?;
        let holding =
            rows.iter().filter(|row| words::holds(row.from_day.as_deref(), row.to_day.as_deref(), today));
        Ok(distinct(holding.map(|row| row.person_id)).into_iter().map(PersonId).collect())
    }

    /// How many lines of the trail were written in each role while it held, by the role's id. Where there were none it is not named.
    async fn times_used(&self) -> Result<HashMap<Uuid, u64>, StoreError> {
        let db = self.db();
        let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), TIMES_USED)).await?;
        let mut used = HashMap::with_capacity(rows.len());
        for row in rows {
            let times: i64 = row.try_get_by_index(1)?;
            used.insert(row.try_get_by_index(0)?, times.unsigned_abs());
        }
        Ok(used)
    }
}

async fn give(
    db: &Transaction,
    sealer: &Sealer,
    (id, by, now): (ChangeId, PersonId, Timestamp),
    giving: &Giving,
    entry: &AuditEntry,
) -> Result<(MandateDone, Vec<AuditEntry>), StoreError> {
    if let Some(row) = mandate::Entity::find_by_id(id.0).one(db).await? {
        let before = open(sealer, row)?;
        let same = (before.person, before.kind, before.unit, &before.reason, before.given.0)
            == (giving.person, giving.kind, giving.unit, &giving.reason, by)
            && before.until == before.given.1.plus_millis(giving.lasts);
        return Ok((if same { MandateDone::Done } else { MandateDone::Other }, Vec::new()));
    }
    let row = mandate::Model {
        id: id.0,
        person_id: giving.person.0,
        kind: giving.kind.as_str().to_owned(),
        unit_id: giving.unit.map(|unit| unit.0),
        sealed: sealer.seal_for(giving.person.0, TABLE, "sealed", id.0, giving.reason.as_bytes())?,
        given_by: by.0,
        given_at: now.as_millis(),
        until_at: now.plus_millis(giving.lasts).as_millis(),
        ended_by: None,
        ended_at: None,
    };
    mandate::Entity::insert(row.into_active_model()).exec_without_returning(db).await?;
    // What people may do is remembered with the register.
    generation::advance(db, Of::Register, id.0).await?;
    Ok((MandateDone::Done, vec![entry.clone()]))
}

fn kind(row: &mandate::Model) -> Result<MandateKind, StoreError> {
    MandateKind::from_name(&row.kind).ok_or(StoreError::Corrupt(TABLE))
}

fn open(sealer: &Sealer, row: mandate::Model) -> Result<MandateRecord, StoreError> {
    let reason = sealer.open_for(row.person_id, TABLE, "sealed", row.id, &row.sealed);
    let reason = reason.map_err(|_| StoreError::Corrupt(TABLE))?;
    let kind = kind(&row)?;
    Ok(MandateRecord {
        id: ChangeId(row.id),
        person: PersonId(row.person_id),
        kind,
        unit: row.unit_id.map(UnitId),
        reason: String::from_utf8(reason.to_vec()).map_err(|_| StoreError::Corrupt(TABLE))?,
        given: (PersonId(row.given_by), Timestamp::from_millis(row.given_at)),
        until: Timestamp::from_millis(row.until_at),
        ended: row.ended_at.zip(row.ended_by).map(|(at, by)| (Timestamp::from_millis(at), PersonId(by))),
    })
}
