//! What guardians have begun to answer and not sent, so that they can go on at another device.
//!
//! Owns the table `own_draft`. Called by `usecase::own_draft` and by the writing of submissions, with which a draft ends. Must not
//! read what is in one: it is the program's own record.

use super::entity::own_draft;
use super::{Sealer, Store, StoreError, Transaction, rows};
use crate::policy::{Grant, ReadHome, Submit};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect, sea_query::Expr};
use skolstart_shared::Timestamp;
use skolstart_shared::id::PersonId;
use std::sync::Arc;
use uuid::Uuid;

const TABLE: &str = "own_draft";
const COLUMN: &str = "sealed";

impl Store {
    /// What the actor has begun, and since when it is kept.
    ///
    /// # Errors
    /// When the database cannot be read, or a sealed value was altered.
    pub async fn own_draft(
        &self,
        grant: &Grant<ReadHome>,
    ) -> Result<Option<(Timestamp, String)>, StoreError> {
        let found = own_draft::Entity::find_by_id(grant.actor().0).one(self.db()).await?;
        found.map(|row| Ok((Timestamp::from_millis(row.kept_at), open(self.sealer(), &row)?))).transpose()
    }

    /// True when something that the actor has begun is kept.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn has_own_draft(&self, grant: &Grant<ReadHome>) -> Result<bool, StoreError> {
        let found =
            own_draft::Entity::find_by_id(grant.actor().0).select_only().column(own_draft::Column::KeptAt);
        Ok(found.into_tuple::<i64>().one(self.db()).await?.is_some())
    }

    /// Keeps what the actor has begun, upon what was kept at `base`, and says since when it is kept. `None`: something else was
    /// kept meanwhile.
    ///
    /// # Errors
    /// When it could not be written; the same may be sent again.
    pub async fn keep_own_draft(
        &self,
        grant: &Grant<Submit>,
        base: Option<Timestamp>,
        record: String,
    ) -> Result<Option<Timestamp>, StoreError> {
        let (me, now) = (grant.actor().0, self.clock().now());
        let work = Arc::new((self.sealer().clone(), record, grant.audit("own-draft", Some(me))));
        self.write(move |db| {
            let work = work.clone();
            Box::pin(async move {
                let (sealer, record, audit) = &*work;
                let (kept, is_new) = keep(db, sealer, (me, now), base, record).await?;
                Ok((kept, if is_new { vec![audit.clone()] } else { Vec::new() }))
            })
        })
        .await
    }

    /// Forgets what the actor has begun.
    ///
    /// # Errors
    /// When it could not be written.
    pub async fn forget_own_draft(&self, grant: &Grant<Submit>) -> Result<(), StoreError> {
        let me = grant.actor();
        let audit = grant.audit("own-draft", Some(me.0));
        self.write(move |db| {
            let audit = audit.clone();
            Box::pin(async move {
                let was_there = end(db, [me]).await? > 0;
                Ok(((), if was_there { vec![audit] } else { Vec::new() }))
            })
        })
        .await
    }

    /// Forgets what nobody has changed since a time. Says how many.
    ///
    /// # Errors
    /// When it could not be written.
    pub async fn forget_own_drafts(&self, before: Timestamp) -> Result<u64, StoreError> {
        self.write(move |db| {
            Box::pin(async move {
                let over = own_draft::Column::KeptAt.lt(before.as_millis());
                let done = own_draft::Entity::delete_many().filter(over).exec(db).await?;
                Ok((done.rows_affected, Vec::new()))
            })
        })
        .await
    }
}

/// Forgets what these people had begun: they have sent it.
pub(super) async fn end(
    db: &Transaction,
    people: impl IntoIterator<Item = PersonId>,
) -> Result<u64, StoreError> {
    let ids = rows::for_in(people.into_iter().map(|person| person.0));
    let done = own_draft::Entity::delete_many().filter(own_draft::Column::Id.is_in(ids)).exec(db).await?;
    Ok(done.rows_affected)
}

/// Since when it is kept, and whether anything was written.
async fn keep(
    db: &Transaction,
    sealer: &Sealer,
    (me, now): (Uuid, Timestamp),
    base: Option<Timestamp>,
    record: &str,
) -> Result<(Option<Timestamp>, bool), StoreError> {
    let sealed = sealer.seal_for(me, TABLE, COLUMN, me, record.as_bytes())?;
    let Some(stands) = own_draft::Entity::find_by_id(me).lock_exclusive().one(db).await? else {
        if base.is_some() {
            return Ok((None, false));
        }
        let row = own_draft::Model { id: me, kept_at: now.as_millis(), sealed };
        own_draft::Entity::insert(row.into_active_model()).exec_without_returning(db).await?;
        return Ok((Some(now), true));
    };
    let kept = Timestamp::from_millis(stands.kept_at);
    // The same once more, after a lost answer.
    if open(sealer, &stands)? == record {
        return Ok((Some(kept), false));
    }
    if base != Some(kept) {
        return Ok((None, false));
    }
    // Each is later than the one before, whatever the clock says.
    let at = now.max(kept.plus_millis(1));
    own_draft::Entity::update_many()
        .col_expr(own_draft::Column::KeptAt, Expr::value(at.as_millis()))
        .col_expr(own_draft::Column::Sealed, Expr::value(sealed))
        .filter(own_draft::Column::Id.eq(me))
        .exec(db)
        .await?;
    Ok((Some(at), true))
}

fn open(sealer: &Sealer, row: &own_draft::Model) -> Result<String, StoreError> {
    let plain = sealer
        .open_for(row.id, TABLE, COLUMN, row.id, &row.sealed)
        .map_err(|_| StoreError::Corrupt(TABLE))?;
    String::from_utf8(plain.to_vec()).map_err(|_| StoreError::Corrupt(TABLE))
}
