//! Lists that leave the house: asked for, and decided about by a second person.

use super::lists::{TABLE, open};
use crate::policy::{Grant, HandleAlarms, ReadPictures, Scope};
use crate::store::entity::{list_export, person};
use crate::store::{AuditEntry, Sealer, Store, StoreError};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect,
};
use skolstart_shared::Timestamp;
use skolstart_shared::api::PictureList;
use skolstart_shared::id::{ChangeId, PersonId, UnitId};
use std::sync::Arc;
use uuid::Uuid;

/// A list that is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asking {
    /// Its id.
    pub id: ChangeId,
    /// Which.
    pub list: PictureList,
    /// The unit of the group.
    pub unit: UnitId,
    /// What for.
    pub reason: String,
    /// How many children are in it.
    pub children: u32,
    /// How many one person takes out in a day without a second.
    pub most_alone: u32,
    /// How many one person takes out in a day at all.
    pub most: u32,
}

/// What came of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportDone {
    /// It is done.
    Done,
    /// It was done before.
    Again,
    /// The id was used for something else.
    Other,
    /// There is none, or it is not the caller's to decide.
    Missing,
    /// Nobody says yes to her own list.
    Own,
    /// Somebody has decided otherwise.
    Decided,
    /// It was asked for too long ago.
    Over,
    /// It would be more than one person takes out in a day.
    Enough,
}

impl Store {
    /// Asks for a list. It can be fetched at once as long as its asker has not asked for more than `most_alone` children today. What a
    /// second person refused does not count.
    ///
    /// # Errors
    /// When it could not be written.
    pub async fn ask_for_list(
        &self,
        grant: &Grant<ReadPictures>,
        asking: Asking,
    ) -> Result<ExportDone, StoreError> {
        let (me, now) = (grant.actor(), self.clock().now());
        let since = self.clock().start_of(self.clock().today());
        let entry = AuditEntry { action: "ask-for-list", ..grant.audit("list", Some(asking.id.0)) };
        let work = Arc::new((self.sealer().clone(), asking, entry));
        self.write(move |db| {
            let work = work.clone();
            Box::pin(async move {
                let (sealer, asking, entry) = &*work;
                let done = ask(db, sealer, asking, me, (now, since)).await?;
                let entries = if done == ExportDone::Done { vec![entry.clone()] } else { Vec::new() };
                Ok((done, entries))
            })
        })
        .await
    }

    /// Decides as the second person about a list of the units of the grant that was asked for since a time.
    ///
    /// # Errors
    /// When it could not be written.
    pub async fn decide_list(
        &self,
        grant: &Grant<HandleAlarms>,
        id: ChangeId,
        yes: bool,
        since: Timestamp,
    ) -> Result<ExportDone, StoreError> {
        let units = match grant.scope() {
            Scope::Units(units) => Some(units.clone()),
            _ => None,
        };
        let (me, now) = (grant.actor(), self.clock().now());
        let action = if yes { "approve-list" } else { "refuse-list" };
        let entry = AuditEntry { action, ..grant.audit("list", Some(id.0)) };
        self.write(move |db| {
            let (units, entry) = (units.clone(), entry.clone());
            Box::pin(async move {
                let found = list_export::Entity::find_by_id(id.0).lock_exclusive().one(db).await?;
                let here = |row: &list_export::Model| {
                    units.as_ref().is_none_or(|units| units.contains(&UnitId(row.unit_id)))
                };
                let Some(row) = found.filter(here) else { return Ok((ExportDone::Missing, Vec::new())) };
                if row.by_id == me.0 {
                    return Ok((ExportDone::Own, Vec::new()));
                }
                if row.approved || row.decided_at.is_some() {
                    let same = row.approved == yes && row.decided_by == Some(me.0);
                    return Ok((if same { ExportDone::Again } else { ExportDone::Decided }, Vec::new()));
                }
                if row.at < since.as_millis() {
                    return Ok((ExportDone::Over, Vec::new()));
                }
                list_export::Entity::update_many()
                    .col_expr(list_export::Column::DecidedBy, Expr::value(Some(me.0)))
                    .col_expr(list_export::Column::DecidedAt, Expr::value(Some(now.as_millis())))
                    .col_expr(list_export::Column::Approved, Expr::value(yes))
                    .filter(list_export::Column::Id.eq(id.0))
                    .exec(db)
                    .await?;
                Ok((ExportDone::Done, vec![entry]))
            })
        })
        .await
    }
}

async fn ask<C: ConnectionTrait>(
    db: &C,
    sealer: &Sealer,
    asking: &Asking,
    me: PersonId,
    (now, since): (Timestamp, Timestamp),
) -> Result<ExportDone, StoreError> {
    // Whoever asks is locked, so that two questions at once count each other, in whichever process.
    let asker = person::Entity::find_by_id(me.0).select_only().column(person::Column::Id).lock_exclusive();
    asker.into_tuple::<Uuid>().one(db).await?;
    if let Some(row) = list_export::Entity::find_by_id(asking.id.0).one(db).await? {
        let before = open(sealer, row)?;
        let same = before.by == me && before.list == asking.list && before.reason == asking.reason;
        return Ok(if same { ExportDone::Again } else { ExportDone::Other });
    }
    let sum = asked_today(db, me, since).await? + i64::from(asking.children);
    if sum > i64::from(asking.most) {
        return Ok(ExportDone::Enough);
    }
    let row = list_export::Model {
        id: asking.id.0,
        by_id: me.0,
        group_id: asking.list.group.0,
        unit_id: asking.unit.0,
        form_key: asking.list.form.0.clone(),
        act_key: asking.list.act.0.clone(),
        children: i32::try_from(asking.children).unwrap_or(i32::MAX),
        sealed: sealer.seal(TABLE, "sealed", asking.id.0, asking.reason.as_bytes())?,
        at: now.as_millis(),
        decided_by: None,
        decided_at: None,
        approved: sum <= i64::from(asking.most_alone),
    };
    list_export::Entity::insert(row.into_active_model()).exec_without_returning(db).await?;
    Ok(ExportDone::Done)
}

/// How many children somebody has asked for since a time.
async fn asked_today<C: ConnectionTrait>(db: &C, who: PersonId, since: Timestamp) -> Result<i64, StoreError> {
    use list_export::Column::{Approved, At, ById, DecidedAt};
    let not_refused = Condition::any().add(Approved.eq(true)).add(DecidedAt.is_null());
    let rows = list_export::Entity::find()
        .filter(ById.eq(who.0))
        .filter(At.gte(since.as_millis()))
        .filter(not_refused)
        .all(db)
        .await?;
    Ok(rows.iter().map(|row| i64::from(row.children)).sum())
}
