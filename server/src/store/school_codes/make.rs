//! What staff do with codes.

use super::{MOST_TRIES, MOST_USES};
use crate::policy::{GiveCodes, Grant};
use crate::school_code::SchoolCode;
use crate::store::entity::{school_code, session};
use crate::store::generation::{self, Of};
use crate::store::read::persons_of;
use crate::store::{AuditEntry, ChildRecord, PersonRecord, Store, StoreError, Transaction};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, Condition, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};
use skolstart_shared::api::SchoolCodeState;
use skolstart_shared::id::{ChangeId, PersonId};
use skolstart_shared::{Date, Timestamp};
use std::collections::HashMap;
use std::sync::Arc;
use uuid::Uuid;

/// For how long whoever made a code can have its sheet again: a printer that was out of paper.
const SHOWN_AGAIN: i64 = 3_600_000;
/// For how long it is remembered that there was a code.
const REMEMBERED: i64 = 90 * 86_400_000;

/// A code that was made.
#[derive(Clone, Debug)]
pub struct SchoolCodeRecord {
    /// Which.
    pub id: ChangeId,
    /// For whom.
    pub guardian: PersonId,
    /// When.
    pub made: Timestamp,
    /// Until when it can be used.
    pub until: Timestamp,
    /// How many times it has been used.
    pub used: u16,
    /// How it stands.
    pub state: SchoolCodeState,
}

/// What came of making one.
#[derive(Debug)]
pub enum Made {
    /// It is made, now or before.
    Code(SchoolCode),
    /// The id was used for something else, or too long ago.
    Other,
}

fn state(row: &school_code::Model, now: Timestamp) -> SchoolCodeState {
    if row.withdrawn_at.is_some() {
        SchoolCodeState::Withdrawn
    } else if row.uses >= MOST_USES {
        SchoolCodeState::Used
    } else if row.tries >= MOST_TRIES {
        SchoolCodeState::Blocked
    } else if row.expires_at <= now.as_millis() {
        SchoolCodeState::Over
    } else {
        SchoolCodeState::Open
    }
}

impl Store {
    /// The child of the grant with those around it.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn child_of_codes(
        &self,
        grant: &Grant<GiveCodes>,
        today: Date,
    ) -> Result<Option<(Arc<ChildRecord>, HashMap<PersonId, PersonRecord>)>, StoreError> {
        let Some(child) = grant.child() else { return Ok(None) };
        let Some(record) = self.child_records(&[child], today).await?.pop() else { return Ok(None) };
        let guardians: Vec<_> = record.guardians.iter().map(|person| person.0).collect();
        let people = persons_of(self, &guardians).await?;
        Ok(Some((record, people)))
    }

    /// The codes that were made for the child of the grant, newest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn school_codes(&self, grant: &Grant<GiveCodes>) -> Result<Vec<SchoolCodeRecord>, StoreError> {
        let (Some(child), now) = (grant.child(), self.clock().now()) else { return Ok(Vec::new()) };
        let rows = school_code::Entity::find()
            .filter(school_code::Column::ChildId.eq(child.0))
            .order_by_desc(school_code::Column::MadeAt)
            .all(self.db())
            .await?;
        let record = |row: school_code::Model| SchoolCodeRecord {
            id: ChangeId(row.id),
            guardian: PersonId(row.guardian_id),
            made: Timestamp::from_millis(row.made_at),
            until: Timestamp::from_millis(row.expires_at),
            used: u16::try_from(row.uses).unwrap_or_default(),
            state: state(&row, now),
        };
        Ok(rows.into_iter().map(record).collect())
    }

    /// Makes a code. Those that the guardian was given before for this child are withdrawn, and the sessions begun with them end.
    ///
    /// # Errors
    /// [`StoreError::Busy`] when it was not written; the same may be asked for again.
    pub async fn make_school_code(
        &self,
        grant: &Grant<GiveCodes>,
        id: ChangeId,
        guardian: PersonId,
        until: Timestamp,
    ) -> Result<Made, StoreError> {
        let Some(child) = grant.child() else { return Ok(Made::Other) };
        let (now, code) = (self.clock().now(), self.school_code(id.0)?);
        let generation = self.ids().next()?;
        let row = school_code::Model {
            id: id.0,
            child_id: child.0,
            guardian_id: guardian.0,
            name: code.name().to_owned(),
            hash: self.school_code_hashes(id.0, &code)?.into_iter().next().unwrap_or_default(),
            made_by: grant.actor().0,
            made_at: now.as_millis(),
            expires_at: until.as_millis(),
            tries: 0,
            uses: 0,
            withdrawn_at: None,
        };
        let audit = grant.audit("child", Some(child.0));
        let is_made = self
            .write(move |db| {
                let (row, audit) = (row.clone(), audit.clone());
                Box::pin(async move {
                    if let Some(before) = school_code::Entity::find_by_id(row.id).one(db).await? {
                        return Ok((is_same(&before, &row), Vec::new()));
                    }
                    replace(db, &row, generation).await?;
                    school_code::Entity::insert(row.into_active_model()).exec_without_returning(db).await?;
                    Ok((true, vec![audit]))
                })
            })
            .await?;
        Ok(if is_made { Made::Code(code) } else { Made::Other })
    }

    /// Withdraws a code of the child of the grant, and ends the sessions that were begun with it. False: there is none.
    ///
    /// # Errors
    /// [`StoreError::Busy`] when it was not written.
    pub async fn withdraw_school_code(
        &self,
        grant: &Grant<GiveCodes>,
        id: ChangeId,
    ) -> Result<bool, StoreError> {
        let Some(child) = grant.child() else { return Ok(false) };
        let (now, generation) = (self.clock().now(), self.ids().next()?);
        let audit = grant.audit("child", Some(child.0));
        self.write(move |db| {
            let audit = audit.clone();
            Box::pin(async move {
                let found = school_code::Entity::find_by_id(id.0).one(db).await?;
                let Some(row) = found.filter(|row| row.child_id == child.0) else {
                    return Ok((false, Vec::new()));
                };
                if row.withdrawn_at.is_some() {
                    return Ok((true, Vec::new()));
                }
                let this = Condition::all().add(school_code::Column::Id.eq(id.0));
                withdraw(db, this, now, generation).await?;
                Ok((true, vec![AuditEntry { action: "withdraw-code", ..audit }]))
            })
        })
        .await
    }
}

fn is_same(before: &school_code::Model, now: &school_code::Model) -> bool {
    let same = |row: &school_code::Model| (row.child_id, row.guardian_id, row.made_by, row.hash.clone());
    let is_fresh = now.made_at - before.made_at < SHOWN_AGAIN;
    same(before) == same(now) && is_fresh && before.withdrawn_at.is_none()
}

/// Withdraws what the new code takes the place of, and forgets what was long ago.
async fn replace(db: &Transaction, new: &school_code::Model, generation: Uuid) -> Result<(), StoreError> {
    let old = school_code::Column::ExpiresAt.lt(new.made_at - REMEMBERED);
    school_code::Entity::delete_many().filter(old).exec(db).await?;
    let earlier = Condition::all()
        .add(school_code::Column::ChildId.eq(new.child_id))
        .add(school_code::Column::GuardianId.eq(new.guardian_id))
        .add(school_code::Column::WithdrawnAt.is_null());
    withdraw(db, earlier, Timestamp::from_millis(new.made_at), generation).await
}

/// Withdraws codes, and ends the sessions that were begun with them: whoever found a letter is not left inside.
async fn withdraw(
    db: &Transaction,
    which: Condition,
    at: Timestamp,
    generation: Uuid,
) -> Result<(), StoreError> {
    let found = school_code::Entity::find().filter(which).all(db).await?;
    if found.is_empty() {
        return Ok(());
    }
    let codes: Vec<Uuid> = found.into_iter().map(|row| row.id).collect();
    school_code::Entity::update_many()
        .col_expr(school_code::Column::WithdrawnAt, Expr::value(at.as_millis()))
        .filter(school_code::Column::Id.is_in(codes.iter().copied()))
        .exec(db)
        .await?;
    session::Entity::delete_many().filter(session::Column::CodeId.is_in(codes)).exec(db).await?;
    generation::advance(db, Of::Sessions, generation).await
}
