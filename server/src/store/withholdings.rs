//! What is kept from one guardian of a child (OSL 12:3): the decisions, and what holds today.
//!
//! Owns the table. Called by `usecase::withholdings`, and by `rights` for what is kept from somebody. Must not decide what that means
//! for a page: that is `policy::Withheld`.

use super::entity::withholding;
use super::generation::{self, Of};
use super::read::persons_of;
use super::rows::distinct;
use super::{AuditEntry, ChildRecord, PersonRecord, Sealer, Store, StoreError, Transaction, words};
use crate::policy::{Grant, ReadChild, Withheld, Withhold};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect};
use skolstart_shared::access::Role;
use skolstart_shared::form::FormKey;
use skolstart_shared::id::{ChangeId, PersonId};
use skolstart_shared::{Date, Timestamp};
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

const TABLE: &str = "withholding";

/// A decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WithholdingRecord {
    /// Its id.
    pub id: ChangeId,
    /// From whom.
    pub guardian: PersonId,
    /// What.
    pub what: Withheld,
    /// Why.
    pub reason: String,
    /// Who decided it, and when.
    pub decided: (PersonId, Timestamp),
    /// The last day.
    pub until: Option<Date>,
    /// When somebody ended it, and who.
    pub ended: Option<(Timestamp, PersonId)>,
}

impl WithholdingRecord {
    /// True while it holds.
    pub fn holds_on(&self, today: Date) -> bool {
        self.ended.is_none() && self.until.is_none_or(|until| today <= until)
    }
}

/// What is kept about one child, and from whom something can be.
pub struct WithholdingFile {
    /// The decisions, newest first.
    pub decisions: Vec<WithholdingRecord>,
    /// The child.
    pub child: Arc<ChildRecord>,
    /// Everybody named here.
    pub people: HashMap<PersonId, PersonRecord>,
}

/// What is to be kept.
#[derive(Clone, Debug)]
pub struct Withholding {
    /// From whom.
    pub guardian: PersonId,
    /// What.
    pub what: Withheld,
    /// The last day.
    pub until: Option<Date>,
    /// Why.
    pub reason: String,
    /// In what role it is decided.
    pub role: Role,
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WithholdingDone {
    /// It is done, now or before.
    Done,
    /// The id was used for something else.
    Other,
    /// There is none with this id about the child.
    Missing,
}

impl Store {
    /// What is kept from this person today, by child.
    pub(crate) async fn kept_from(
        &self,
        who: PersonId,
        today: Date,
    ) -> Result<HashMap<PersonId, Withheld>, StoreError> {
        let rows = withholding::Entity::find()
            .filter(withholding::Column::GuardianId.eq(who.0))
            .filter(withholding::Column::EndedAt.is_null())
            .all(self.db())
            .await?;
        let mut kept: HashMap<PersonId, Withheld> = HashMap::new();
        for row in rows.iter().filter(|row| words::not_ended(row.until_day.as_deref(), today)) {
            let (child, what) = (PersonId(row.child_id), what(row)?);
            let sum = match kept.remove(&child) {
                Some(before) => before.and(what),
                None => what,
            };
            kept.insert(child, sum);
        }
        Ok(kept)
    }

    /// The guardians from whom something about the child of the grant is kept today. What, is not told here.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn something_is_kept_from(
        &self,
        grant: &Grant<ReadChild>,
        today: Date,
    ) -> Result<Vec<PersonId>, StoreError> {
        let Some(child) = grant.child() else { return Ok(Vec::new()) };
        let rows = withholding::Entity::find()
            .filter(withholding::Column::ChildId.eq(child.0))
            .filter(withholding::Column::EndedAt.is_null())
            .all(self.db())
            .await?;
        let holding = rows.iter().filter(|row| words::not_ended(row.until_day.as_deref(), today));
        Ok(distinct(holding.map(|row| row.guardian_id)).into_iter().map(PersonId).collect())
    }

    /// The decisions about the child of the grant. `None`: it is not in the register any more.
    ///
    /// # Errors
    /// When it could not be read, or a value was altered.
    pub async fn withholdings(
        &self,
        grant: &Grant<Withhold>,
        today: Date,
    ) -> Result<Option<WithholdingFile>, StoreError> {
        let Some(id) = grant.child() else { return Ok(None) };
        let Some(child) = self.child_in_register(id, today).await? else { return Ok(None) };
        let rows = withholding::Entity::find()
            .filter(withholding::Column::ChildId.eq(id.0))
            .order_by_desc(withholding::Column::At)
            .order_by_desc(withholding::Column::Id)
            .all(self.db())
            .await?;
        let decisions =
            rows.into_iter().map(|row| open(self.sealer(), row)).collect::<Result<Vec<_>, _>>()?;
        let named = decisions.iter().flat_map(|one| {
            [Some(one.guardian), Some(one.decided.0), one.ended.map(|(_, by)| by)].into_iter().flatten()
        });
        let everybody = distinct(named.chain(child.guardians.iter().copied()).map(|who| who.0));
        let people = persons_of(self, &everybody).await?;
        Ok(Some(WithholdingFile { decisions, child, people }))
    }

    /// Keeps something from a guardian of the child of the grant. The same again is the same as once.
    ///
    /// # Errors
    /// When it could not be written.
    pub async fn withhold(
        &self,
        grant: &Grant<Withhold>,
        id: ChangeId,
        keeping: Withholding,
    ) -> Result<WithholdingDone, StoreError> {
        let Some(child) = grant.child() else { return Ok(WithholdingDone::Missing) };
        let (now, by) = (self.clock().now(), grant.actor());
        let work = Arc::new((self.sealer().clone(), keeping, grant.audit("child", Some(child.0))));
        self.write(move |db| {
            let work = work.clone();
            Box::pin(async move {
                let (sealer, keeping, entry) = &*work;
                keep(db, sealer, (id, child, by, now), keeping, entry).await
            })
        })
        .await
    }

    /// Ends what is kept under this id. Ended already is the same as done.
    ///
    /// # Errors
    /// When it could not be written.
    pub async fn end_withholding(
        &self,
        grant: &Grant<Withhold>,
        id: ChangeId,
    ) -> Result<WithholdingDone, StoreError> {
        let Some(child) = grant.child() else { return Ok(WithholdingDone::Missing) };
        let (now, by, generation) = (self.clock().now(), grant.actor(), self.ids().next()?);
        let entry = grant.audit("child", Some(child.0));
        self.write(move |db| {
            let entry = entry.clone();
            Box::pin(async move {
                let row = withholding::Entity::find_by_id(id.0).lock_exclusive().one(db).await?;
                let Some(row) = row.filter(|row| row.child_id == child.0) else {
                    return Ok((WithholdingDone::Missing, Vec::new()));
                };
                if row.ended_at.is_some() {
                    return Ok((WithholdingDone::Done, Vec::new()));
                }
                use withholding::Column::{EndedAt, EndedBy, Id};
                withholding::Entity::update_many()
                    .col_expr(EndedBy, Expr::value(by.0))
                    .col_expr(EndedAt, Expr::value(now.as_millis()))
                    .filter(Id.eq(id.0))
                    .exec(db)
                    .await?;
                generation::advance(db, Of::Register, generation).await?;
                Ok((WithholdingDone::Done, vec![AuditEntry { outcome: "ended", ..entry }]))
            })
        })
        .await
    }
}

async fn keep(
    db: &Transaction,
    sealer: &Sealer,
    (id, child, by, now): (ChangeId, PersonId, PersonId, Timestamp),
    keeping: &Withholding,
    entry: &AuditEntry,
) -> Result<(WithholdingDone, Vec<AuditEntry>), StoreError> {
    if let Some(row) = withholding::Entity::find_by_id(id.0).one(db).await? {
        let of_child = row.child_id == child.0;
        let before = open(sealer, row)?;
        let same = of_child
            && (before.guardian, &before.what, before.until, &before.reason, before.decided.0)
                == (keeping.guardian, &keeping.what, keeping.until, &keeping.reason, by);
        return Ok((if same { WithholdingDone::Done } else { WithholdingDone::Other }, Vec::new()));
    }
    let forms = match &keeping.what {
        Withheld::Everything => None,
        Withheld::Forms(forms) => Some(serde_json::to_string(forms).map_err(|_| StoreError::Corrupt(TABLE))?),
    };
    let row = withholding::Model {
        id: id.0,
        child_id: child.0,
        guardian_id: keeping.guardian.0,
        forms,
        sealed: sealer.seal_for(child.0, TABLE, "sealed", id.0, keeping.reason.as_bytes())?,
        until_day: keeping.until.map(|day| day.to_string()),
        by_id: by.0,
        role: keeping.role.as_str().to_owned(),
        at: now.as_millis(),
        ended_by: None,
        ended_at: None,
    };
    withholding::Entity::insert(row.into_active_model()).exec_without_returning(db).await?;
    // What people may see is remembered with the register.
    generation::advance(db, Of::Register, id.0).await?;
    Ok((WithholdingDone::Done, vec![AuditEntry { outcome: "kept", ..entry.clone() }]))
}

fn what(row: &withholding::Model) -> Result<Withheld, StoreError> {
    let Some(forms) = &row.forms else { return Ok(Withheld::Everything) };
    let forms: BTreeSet<FormKey> = serde_json::from_str(forms).map_err(|_| StoreError::Corrupt(TABLE))?;
    Ok(Withheld::Forms(forms))
}

fn open(sealer: &Sealer, row: withholding::Model) -> Result<WithholdingRecord, StoreError> {
    let corrupt = || StoreError::Corrupt(TABLE);
    let reason = sealer.open_for(row.child_id, TABLE, "sealed", row.id, &row.sealed);
    let reason = String::from_utf8(reason.map_err(|_| corrupt())?.to_vec()).map_err(|_| corrupt())?;
    Ok(WithholdingRecord {
        id: ChangeId(row.id),
        guardian: PersonId(row.guardian_id),
        what: what(&row)?,
        reason,
        decided: (PersonId(row.by_id), Timestamp::from_millis(row.at)),
        until: words::day(row.until_day.as_deref()),
        ended: row.ended_at.zip(row.ended_by).map(|(at, by)| (Timestamp::from_millis(at), PersonId(by))),
    })
}
