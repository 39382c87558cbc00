//! What somebody does with her own passkeys.

use super::super::audit::AuditEntry;
use super::super::entity::{passkey, person, session};
use super::super::generation::{self, Of};
use super::super::{Store, StoreError, Transaction};
use super::{SignedIn, TABLE, forget_old, hash, opened, seal};
use crate::policy::{Grant, OwnPasskeys};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter, QuerySelect, Value};
use skolstart_shared::id::PasskeyId;
use skolstart_shared::passkey::MOST_PASSKEYS;

/// A passkey to add.
pub(crate) struct NewPasskey {
    pub(crate) id: PasskeyId,
    /// What the device calls it.
    pub(crate) credential: Vec<u8>,
    /// The JSON of its public half.
    pub(crate) key: Vec<u8>,
    pub(crate) name: String,
    /// How the session was begun in which it is added.
    pub(crate) signed: SignedIn,
}

/// What came of adding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Added {
    /// It is there, since now or before.
    Done,
    /// The id is of another passkey of hers, or the passkey has another id.
    Other,
    /// The id is not hers.
    NotHers,
    /// She has as many as one can have.
    Enough,
}

fn entry(grant: &Grant<OwnPasskeys>, action: &'static str, id: PasskeyId) -> AuditEntry {
    AuditEntry { action, ..grant.audit(TABLE, Some(id.0)) }
}

/// The passkey with this id, if it is the actor's. A removed one is still hers.
async fn of_actor(
    db: &Transaction,
    actor: uuid::Uuid,
    id: PasskeyId,
) -> Result<Option<passkey::Model>, StoreError> {
    let row = passkey::Entity::find_by_id(id.0).lock_exclusive().one(db).await?;
    Ok(row.filter(|row| row.person_id == actor))
}

impl Store {
    /// Whether a passkey with this id was added before, and as this one. `None`: nobody has it.
    pub(crate) async fn added_passkey(
        &self,
        grant: &Grant<OwnPasskeys>,
        id: PasskeyId,
        credential: &[u8],
    ) -> Result<Option<Added>, StoreError> {
        let row = passkey::Entity::find_by_id(id.0).one(self.db()).await?;
        Ok(row.map(|row| same(&row, grant.actor().0, &hash(credential))))
    }

    /// Adds a passkey of the actor's.
    pub(crate) async fn add_passkey(
        &self,
        grant: Grant<OwnPasskeys>,
        new: NewPasskey,
    ) -> Result<Added, StoreError> {
        let (now, actor) = (self.clock().now(), grant.actor());
        let sealed = |column, plain: &[u8]| seal(self.sealer(), actor, new.id, column, plain).map(Some);
        let row = passkey::Model {
            id: new.id.0,
            person_id: actor.0,
            credential: Some(hash(&new.credential)),
            sealed: sealed("sealed", &new.key)?,
            name: sealed("name", new.name.as_bytes())?,
            created_at: now.as_millis(),
            used_at: None,
            confirmed_at: new.signed.confirmed.as_millis(),
            issuer: new.signed.issuer,
            subject: new.signed.subject,
            removed_at: None,
        };
        let noted = entry(&grant, "add-passkey", new.id);
        self.write(move |db| {
            let (row, noted) = (row.clone(), noted.clone());
            Box::pin(async move {
                let credential = row.credential.clone().unwrap_or_default();
                forget_old(db, now).await?;
                // Of two that are added at once one waits: the second counts the first.
                person::Entity::find_by_id(row.person_id).lock_exclusive().one(db).await?;
                if let Some(there) = passkey::Entity::find_by_id(row.id).one(db).await? {
                    return Ok((same(&there, row.person_id, &credential), Vec::new()));
                }
                let taken = passkey::Column::Credential.eq(credential);
                if passkey::Entity::find().filter(taken).one(db).await?.is_some() {
                    return Ok((Added::Other, Vec::new()));
                }
                let many = passkey::Entity::find()
                    .filter(passkey::Column::PersonId.eq(row.person_id))
                    .filter(passkey::Column::RemovedAt.is_null())
                    .count(db)
                    .await?;
                if many >= MOST_PASSKEYS as u64 {
                    return Ok((Added::Enough, Vec::new()));
                }
                passkey::Entity::insert(row.into_active_model()).exec_without_returning(db).await?;
                Ok((Added::Done, vec![noted]))
            })
        })
        .await
    }

    /// Gives a passkey of the actor's another name. False: she has none with this id.
    pub(crate) async fn name_passkey(
        &self,
        grant: Grant<OwnPasskeys>,
        id: PasskeyId,
        name: String,
    ) -> Result<bool, StoreError> {
        let (actor, sealer) = (grant.actor(), self.sealer().clone());
        let sealed = seal(&sealer, actor, id, "name", name.as_bytes())?;
        let noted = entry(&grant, "name-passkey", id);
        self.write(move |db| {
            let (sealed, noted, name, sealer) = (sealed.clone(), noted.clone(), name.clone(), sealer.clone());
            Box::pin(async move {
                let row = of_actor(db, actor.0, id).await?.filter(|row| row.removed_at.is_none());
                let Some(row) = row else { return Ok((false, Vec::new())) };
                if **opened(&sealer, &row, "name", &row.name)? == *name.as_bytes() {
                    return Ok((true, Vec::new()));
                }
                passkey::Entity::update_many()
                    .col_expr(passkey::Column::Name, Expr::value(sealed))
                    .filter(passkey::Column::Id.eq(id.0))
                    .exec(db)
                    .await?;
                Ok((true, vec![noted]))
            })
        })
        .await
    }

    /// Removes a passkey of the actor's, and ends the sessions that were begun with it. False: she has none with this id.
    pub(crate) async fn remove_passkey(
        &self,
        grant: Grant<OwnPasskeys>,
        id: PasskeyId,
    ) -> Result<bool, StoreError> {
        let (now, actor, generation) = (self.clock().now(), grant.actor(), self.ids().next()?);
        let noted = entry(&grant, "remove-passkey", id);
        let ended = AuditEntry { action: "sign-out", ..grant.audit("session", None) };
        self.write(move |db| {
            let (noted, ended) = (noted.clone(), ended.clone());
            Box::pin(async move {
                let Some(row) = of_actor(db, actor.0, id).await? else { return Ok((false, Vec::new())) };
                if row.removed_at.is_some() {
                    return Ok((true, Vec::new()));
                }
                let empty = || Expr::value(Value::Bytes(None));
                passkey::Entity::update_many()
                    .col_expr(passkey::Column::Credential, empty())
                    .col_expr(passkey::Column::Sealed, empty())
                    .col_expr(passkey::Column::Name, empty())
                    .col_expr(passkey::Column::Subject, empty())
                    .col_expr(passkey::Column::RemovedAt, Expr::value(now.as_millis()))
                    .filter(passkey::Column::Id.eq(id.0))
                    .exec(db)
                    .await?;
                let begun = session::Column::PasskeyId.eq(id.0);
                let over = session::Entity::find().filter(begun.clone()).all(db).await?;
                if !over.is_empty() {
                    session::Entity::delete_many().filter(begun).exec(db).await?;
                    generation::advance(db, Of::Sessions, generation).await?;
                }
                let ends = over.into_iter().map(|row| AuditEntry { object_id: row.id, ..ended.clone() });
                Ok((true, std::iter::once(noted).chain(ends).collect()))
            })
        })
        .await
    }

    /// Notes that a change of passkeys was refused, and why.
    pub(crate) async fn note_refused_change(
        &self,
        grant: &Grant<OwnPasskeys>,
        action: &'static str,
        why: &'static str,
    ) -> Result<(), StoreError> {
        let refused = AuditEntry { action, purpose: why, outcome: "refused", ..grant.audit(TABLE, None) };
        self.note(vec![refused]).await
    }
}

fn same(row: &passkey::Model, actor: uuid::Uuid, credential: &[u8]) -> Added {
    match &row.credential {
        _ if row.person_id != actor => Added::NotHers,
        Some(there) if there == credential => Added::Done,
        _ => Added::Other,
    }
}
