//! Passkeys of staff: finding them at sign-in, and what their owners do with them. `identity` verifies what a device answers;
//! here a passkey is the JSON of its public half, sealed with its owner's key.

mod change;
mod used;

pub(crate) use change::{Added, NewPasskey};
pub(crate) use used::PasskeyUse;
use used::forget_old;
pub(super) use used::{confirm, note_use};

use super::entity::{passkey, session};
use super::session::TokenHash;
use super::{Sealer, Store, StoreError};
use crate::policy::{Grant, OwnPasskeys};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use sha2::{Digest, Sha256};
use skolstart_shared::Timestamp;
use skolstart_shared::id::{PasskeyId, PersonId};
use std::fmt;
use uuid::Uuid;
use zeroize::Zeroizing;

const TABLE: &str = "passkey";

/// A passkey of the one who asks.
pub(crate) struct PasskeyRecord {
    pub(crate) id: PasskeyId,
    pub(crate) name: String,
    pub(crate) created: Timestamp,
    pub(crate) used: Option<Timestamp>,
    /// When she last proved who she is in another way.
    pub(crate) confirmed: Timestamp,
    /// The JSON of its public half.
    pub(crate) key: Zeroizing<Vec<u8>>,
}

/// A passkey that a device says it has used.
#[derive(Clone)]
pub(crate) struct HeldPasskey {
    pub(crate) id: PasskeyId,
    pub(crate) person: PersonId,
    pub(crate) confirmed: Timestamp,
    pub(crate) key: Zeroizing<Vec<u8>>,
    /// As it stood when it was read.
    sealed: Vec<u8>,
    issuer: Option<String>,
    subject: Option<Vec<u8>>,
}

/// How the session of a token was begun.
#[derive(Clone)]
pub(crate) struct SignedIn {
    pub(crate) since: Timestamp,
    /// The passkey, if it was one.
    pub(crate) passkey: Option<PasskeyId>,
    /// When she last proved who she is in another way.
    confirmed: Timestamp,
    issuer: Option<String>,
    subject: Option<Vec<u8>>,
}

// Both hold what a provider calls somebody.
impl fmt::Debug for HeldPasskey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("HeldPasskey(…)")
    }
}

impl fmt::Debug for SignedIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SignedIn(…)")
    }
}

// Plain SHA-256 is enough: a device makes it of at least 16 random bytes.
fn hash(credential: &[u8]) -> Vec<u8> {
    Sha256::digest(credential).to_vec()
}

fn opened(
    sealer: &Sealer,
    row: &passkey::Model,
    column: &'static str,
    sealed: &Option<Vec<u8>>,
) -> Result<Zeroizing<Vec<u8>>, StoreError> {
    let sealed = sealed.as_deref().ok_or(StoreError::Corrupt(TABLE))?;
    sealer.open_for(row.person_id, TABLE, column, row.id, sealed).map_err(|_| StoreError::Corrupt(TABLE))
}

fn seal(
    sealer: &Sealer,
    person: PersonId,
    id: PasskeyId,
    column: &'static str,
    plain: &[u8],
) -> Result<Vec<u8>, StoreError> {
    sealer.seal_for(person.0, TABLE, column, id.0, plain)
}

impl Store {
    /// The actor's passkeys, the newest first.
    pub(crate) async fn passkeys(
        &self,
        grant: &Grant<OwnPasskeys>,
    ) -> Result<Vec<PasskeyRecord>, StoreError> {
        let rows = passkey::Entity::find()
            .filter(passkey::Column::PersonId.eq(grant.actor().0))
            .filter(passkey::Column::RemovedAt.is_null())
            .order_by_desc(passkey::Column::CreatedAt)
            .order_by_desc(passkey::Column::Id)
            .all(self.db())
            .await?;
        let record = |row: passkey::Model| {
            let name = opened(self.sealer(), &row, "name", &row.name)?;
            Ok(PasskeyRecord {
                id: PasskeyId(row.id),
                name: String::from_utf8_lossy(&name).into_owned(),
                created: Timestamp::from_millis(row.created_at),
                used: row.used_at.map(Timestamp::from_millis),
                confirmed: Timestamp::from_millis(row.confirmed_at),
                key: opened(self.sealer(), &row, "sealed", &row.sealed)?,
            })
        };
        rows.into_iter().map(record).collect()
    }

    /// The passkey that a device calls so. Before there is a principal: that is why it takes no grant.
    pub(crate) async fn passkey(&self, credential: &[u8]) -> Result<Option<HeldPasskey>, StoreError> {
        let found = passkey::Entity::find()
            .filter(passkey::Column::Credential.eq(hash(credential)))
            .filter(passkey::Column::RemovedAt.is_null())
            .one(self.db())
            .await?;
        let Some(row) = found else { return Ok(None) };
        Ok(Some(HeldPasskey {
            id: PasskeyId(row.id),
            person: PersonId(row.person_id),
            confirmed: Timestamp::from_millis(row.confirmed_at),
            key: opened(self.sealer(), &row, "sealed", &row.sealed)?,
            sealed: row.sealed.ok_or(StoreError::Corrupt(TABLE))?,
            issuer: row.issuer,
            subject: row.subject,
        }))
    }

    /// How the actor's session with this token was begun. `None`: it has ended.
    pub(crate) async fn signed_in(
        &self,
        grant: &Grant<OwnPasskeys>,
        token: TokenHash,
    ) -> Result<Option<SignedIn>, StoreError> {
        let found = session::Entity::find_by_id(token.to_vec()).one(self.db()).await?;
        let Some(row) = found.filter(|row| row.person_id == grant.actor().0) else { return Ok(None) };
        let confirmed = match row.passkey_id {
            None => row.created_at,
            Some(id) => match self.confirmed_at(id).await? {
                Some(at) => at,
                None => return Ok(None),
            },
        };
        Ok(Some(SignedIn {
            since: Timestamp::from_millis(row.created_at),
            passkey: row.passkey_id.map(PasskeyId),
            confirmed: Timestamp::from_millis(confirmed),
            issuer: row.issuer,
            subject: row.subject,
        }))
    }

    async fn confirmed_at(&self, id: Uuid) -> Result<Option<i64>, StoreError> {
        let row = passkey::Entity::find_by_id(id).one(self.db()).await?;
        Ok(row.filter(|row| row.removed_at.is_none()).map(|row| row.confirmed_at))
    }
}
