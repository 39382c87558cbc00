//! Holds: a child or a round of which nothing is erased. A hold is set with a reason by somebody named, and lifted with one.

use super::super::entity::{guardian_relation, retention_hold, retention_look, submission};
use super::super::read::persons_of;
use super::super::rows::distinct;
use super::super::{Store, StoreError, Transaction};
use crate::policy::{Grant, HoldRecords, ReadRetention};
use crate::store::AuditEntry;
use crate::store::Sealer;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
};
use skolstart_shared::Timestamp;
use skolstart_shared::id::{ChangeId, PersonId, RoundId};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use uuid::Uuid;

/// What is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Held {
    /// A child, and what its guardians have given.
    Child(PersonId),
    /// Everything that was answered in a round.
    Round(RoundId),
}

/// A hold as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HoldRecord {
    /// Its id.
    pub id: ChangeId,
    /// On what.
    pub on: Held,
    /// Why.
    pub reason: String,
    /// Who set it, and when. `None`: whoever runs the program.
    pub set: (Option<PersonId>, Timestamp),
    /// Who lifted it, when and why.
    pub lifted: Option<(Option<PersonId>, Timestamp, String)>,
}

/// What is to be done with a hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Holding {
    /// It is set.
    Set(Held, String),
    /// It is lifted.
    Lift(String),
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HoldDone {
    /// It is done, now or before.
    Done,
    /// The id was used for something else.
    Other,
    /// There is no such hold.
    Missing,
}

/// Who does it: somebody with a grant, or whoever runs the program.
#[derive(Clone, Debug)]
pub struct Holder {
    by: Option<PersonId>,
    entry: AuditEntry,
}

impl Holder {
    /// Somebody with a grant.
    pub fn of(grant: &Grant<HoldRecords>) -> Self {
        Self { by: Some(grant.actor()), entry: grant.audit("child", None) }
    }

    /// Whoever runs the program.
    pub fn operator() -> Self {
        let entry = AuditEntry {
            acting_for: None,
            actor: None,
            action: "hold-records",
            object_kind: "child",
            object_id: None,
            purpose: "operator",
            outcome: "done",
            request_id: String::new(),
        };
        Self { by: None, entry }
    }

    fn note(&self, row: &retention_hold::Model, lifted: bool) -> AuditEntry {
        let kind = if row.kind == ROUND { "round" } else { "child" };
        let action = if lifted { "lift-hold" } else { "hold-records" };
        AuditEntry { action, object_kind: kind, object_id: Some(row.object_id), ..self.entry.clone() }
    }
}

const CHILD: &str = "child";
const ROUND: &str = "round";
const TABLE: &str = "retention_hold";

impl Store {
    /// Every hold, those that stand first, newest first.
    ///
    /// # Errors
    /// When it could not be read.
    pub async fn holds(&self, _grant: &Grant<ReadRetention>) -> Result<Vec<HoldRecord>, StoreError> {
        self.all_holds().await
    }

    /// The same for whoever runs the program.
    ///
    /// # Errors
    /// When it could not be read.
    pub async fn all_holds(&self) -> Result<Vec<HoldRecord>, StoreError> {
        let query = retention_hold::Entity::find().order_by_desc(retention_hold::Column::SetAt);
        let rows = query.all(self.db()).await?;
        let mut holds =
            rows.into_iter().map(|row| open(self.sealer(), row)).collect::<Result<Vec<_>, _>>()?;
        holds.sort_by_key(|hold| hold.lifted.is_some());
        Ok(holds)
    }

    /// The names of those who set or lifted holds.
    ///
    /// # Errors
    /// When they could not be read.
    pub async fn names_of_holders(
        &self,
        holds: &[HoldRecord],
    ) -> Result<HashMap<PersonId, String>, StoreError> {
        let lifted = holds.iter().filter_map(|hold| hold.lifted.as_ref()?.0);
        let ids = distinct(holds.iter().filter_map(|hold| hold.set.0).chain(lifted).map(|by| by.0));
        let people = persons_of(self, &ids).await?;
        Ok(people.into_iter().map(|(id, person)| (id, person.name.for_staff().full())).collect())
    }

    /// Sets or lifts a hold. The same again is the same as once.
    ///
    /// # Errors
    /// When it could not be written.
    pub async fn hold(&self, holder: Holder, id: ChangeId, holding: Holding) -> Result<HoldDone, StoreError> {
        let now = self.clock().now();
        let work = Arc::new((self.sealer().clone(), holder, holding));
        self.write(move |db| {
            let work = work.clone();
            Box::pin(async move {
                let (sealer, holder, holding) = &*work;
                match holding {
                    Holding::Set(on, reason) => set(db, sealer, holder, (id, now), *on, reason).await,
                    Holding::Lift(reason) => lift(db, sealer, holder, (id, now), reason).await,
                }
            })
        })
        .await
    }
}

type Noted = Result<(HoldDone, Vec<AuditEntry>), StoreError>;

async fn set(
    db: &Transaction,
    sealer: &Sealer,
    holder: &Holder,
    (id, now): (ChangeId, Timestamp),
    on: Held,
    reason: &str,
) -> Noted {
    if let Some(row) = retention_hold::Entity::find_by_id(id.0).one(db).await? {
        let before = open(sealer, row)?;
        let same = before.on == on && before.reason == reason && before.set.0 == holder.by;
        return Ok((if same { HoldDone::Done } else { HoldDone::Other }, Vec::new()));
    }
    let (kind, object_id) = match on {
        Held::Child(child) => (CHILD, child.0),
        Held::Round(round) => (ROUND, round.0),
    };
    let row = retention_hold::Model {
        id: id.0,
        kind: kind.to_owned(),
        object_id,
        sealed: sealer.seal(TABLE, "sealed", id.0, reason.as_bytes())?,
        set_by: holder.by.map(|by| by.0),
        set_at: now.as_millis(),
        lifted: Vec::new(),
        lifted_by: None,
        lifted_at: None,
    };
    let entry = holder.note(&row, false);
    retention_hold::Entity::insert(row.into_active_model()).exec_without_returning(db).await?;
    Ok((HoldDone::Done, vec![entry]))
}

async fn lift(
    db: &Transaction,
    sealer: &Sealer,
    holder: &Holder,
    (id, now): (ChangeId, Timestamp),
    reason: &str,
) -> Noted {
    let Some(row) = retention_hold::Entity::find_by_id(id.0).lock_exclusive().one(db).await? else {
        return Ok((HoldDone::Missing, Vec::new()));
    };
    let entry = holder.note(&row, true);
    if let Some((by, _, said)) = open(sealer, row)?.lifted {
        let same = by == holder.by && said == reason;
        return Ok((if same { HoldDone::Done } else { HoldDone::Other }, Vec::new()));
    }
    use retention_hold::Column::{Id, Lifted, LiftedAt, LiftedBy};
    retention_hold::Entity::update_many()
        .col_expr(Lifted, Expr::value(sealer.seal(TABLE, "lifted", id.0, reason.as_bytes())?))
        .col_expr(LiftedBy, Expr::value(holder.by.map(|by| by.0)))
        .col_expr(LiftedAt, Expr::value(now.as_millis()))
        .filter(Id.eq(id.0))
        .exec(db)
        .await?;
    // What was held is looked at again at the next run.
    retention_look::Entity::delete_many().exec(db).await?;
    Ok((HoldDone::Done, vec![entry]))
}

fn open(sealer: &Sealer, row: retention_hold::Model) -> Result<HoldRecord, StoreError> {
    let corrupt = || StoreError::Corrupt(TABLE);
    let text = |column: &str, sealed: &[u8]| -> Result<String, StoreError> {
        let plain = sealer.open(TABLE, column, row.id, sealed).map_err(|_| corrupt())?;
        String::from_utf8(plain.to_vec()).map_err(|_| corrupt())
    };
    let lifted = match row.lifted_at {
        None => None,
        Some(at) => {
            Some((row.lifted_by.map(PersonId), Timestamp::from_millis(at), text("lifted", &row.lifted)?))
        }
    };
    Ok(HoldRecord {
        id: ChangeId(row.id),
        on: if row.kind == ROUND {
            Held::Round(RoundId(row.object_id))
        } else {
            Held::Child(PersonId(row.object_id))
        },
        reason: text("sealed", &row.sealed)?,
        set: (row.set_by.map(PersonId), Timestamp::from_millis(row.set_at)),
        lifted,
    })
}

/// Whom and what nothing is erased of.
#[derive(Default)]
pub(super) struct Holds {
    people: HashSet<Uuid>,
    rounds: HashSet<Uuid>,
    sent: HashSet<Uuid>,
}

impl Holds {
    pub(super) async fn load<C: ConnectionTrait>(db: &C) -> Result<Self, StoreError> {
        use retention_hold::Column::LiftedAt;
        let rows = retention_hold::Entity::find().filter(LiftedAt.is_null()).all(db).await?;
        let mut holds = Self::default();
        for row in rows {
            let place = if row.kind == ROUND { &mut holds.rounds } else { &mut holds.people };
            place.insert(row.object_id);
        }
        if !holds.people.is_empty() {
            use guardian_relation::Column::{AdultId, ChildId};
            let adults: Vec<Uuid> = guardian_relation::Entity::find()
                .select_only()
                .column(AdultId)
                .filter(ChildId.is_in(distinct(holds.people.iter().copied())))
                .into_tuple()
                .all(db)
                .await?;
            holds.people.extend(adults);
        }
        if !holds.rounds.is_empty() {
            let sent: Vec<Uuid> = submission::Entity::find()
                .select_only()
                .column(submission::Column::Id)
                .filter(submission::Column::RoundId.is_in(distinct(holds.rounds.iter().copied())))
                .into_tuple()
                .all(db)
                .await?;
            holds.sent.extend(sent);
        }
        Ok(holds)
    }

    pub(super) fn person(&self, who: Uuid) -> bool {
        self.people.contains(&who)
    }

    pub(super) fn round(&self, round: Uuid) -> bool {
        self.rounds.contains(&round)
    }

    /// True for what came with a submission of a held round.
    pub(super) fn sent(&self, submission: Option<Uuid>) -> bool {
        submission.is_some_and(|id| self.sent.contains(&id))
    }
}
