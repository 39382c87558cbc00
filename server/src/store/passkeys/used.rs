//! What happens to passkeys when somebody signs in: with one, or in another way. In the transaction of the session that begins.

use super::super::audit::AuditEntry;
use super::super::entity::passkey;
use super::super::session::NewSession;
use super::super::{Store, StoreError, Transaction};
use super::{HeldPasskey, TABLE, seal};
use crate::policy::Admits;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter};
use skolstart_shared::Timestamp;
use skolstart_shared::id::PasskeyId;
use std::fmt;

const DAY: i64 = 24 * 3_600_000;

/// How long a passkey is kept that its owner has not confirmed by another sign-in: a leave of half a year.
const KEPT: i64 = 180 * DAY;

/// A use of a passkey that was found to be right, to be noted with the session that begins.
#[derive(Clone)]
pub(crate) struct PasskeyUse {
    held: HeldPasskey,
    /// Its public half with the counter as it stands now.
    after: Vec<u8>,
}

impl fmt::Debug for PasskeyUse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PasskeyUse(…)")
    }
}

impl PasskeyUse {
    pub(crate) fn new(held: HeldPasskey, after: Vec<u8>) -> Self {
        Self { held, after }
    }

    pub(in crate::store) fn passkey(&self) -> PasskeyId {
        self.held.id
    }

    /// The account that its owner proved who she is with, as a session has it: a provider that signs her out ends this one too.
    pub(in crate::store) fn account(&self) -> (Option<String>, Option<Vec<u8>>) {
        (self.held.issuer.clone(), self.held.subject.clone())
    }
}

/// Notes a use. False: the passkey was removed or used in the meantime, and nobody is signed in.
pub(in crate::store) async fn note_use(
    store: &Store,
    db: &Transaction,
    used: &PasskeyUse,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let held = &used.held;
    let sealed = seal(store.sealer(), held.person, held.id, "sealed", &used.after)?;
    let done = passkey::Entity::update_many()
        .col_expr(passkey::Column::Sealed, Expr::value(sealed))
        .col_expr(passkey::Column::UsedAt, Expr::value(now.as_millis()))
        .filter(passkey::Column::Id.eq(held.id.0))
        .filter(passkey::Column::RemovedAt.is_null())
        .filter(passkey::Column::Sealed.eq(held.sealed.clone()))
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Somebody has proved who she is as one of the staff, in another way than with a passkey: hers work on. Those of others that
/// nobody has confirmed for long are forgotten.
pub(in crate::store) async fn confirm(
    db: &Transaction,
    new: &NewSession,
    account: (Option<String>, Option<Vec<u8>>),
    now: Timestamp,
) -> Result<(), StoreError> {
    if !matches!(new.admits, Admits::Staff | Admits::Both) {
        return Ok(());
    }
    forget_old(db, now).await?;
    passkey::Entity::update_many()
        .col_expr(passkey::Column::ConfirmedAt, Expr::value(now.as_millis()))
        .col_expr(passkey::Column::Issuer, Expr::value(account.0))
        .col_expr(passkey::Column::Subject, Expr::value(account.1))
        .filter(passkey::Column::PersonId.eq(new.person.0))
        .filter(passkey::Column::RemovedAt.is_null())
        .exec(db)
        .await?;
    Ok(())
}

/// Forgets those that were removed yesterday, and those that nobody has confirmed for long.
pub(super) async fn forget_old(db: &Transaction, now: Timestamp) -> Result<(), StoreError> {
    let over = Condition::any()
        .add(passkey::Column::RemovedAt.lt(now.plus_millis(-DAY).as_millis()))
        .add(passkey::Column::ConfirmedAt.lt(now.plus_millis(-KEPT).as_millis()));
    passkey::Entity::delete_many().filter(over).exec(db).await?;
    Ok(())
}

impl Store {
    /// Notes that a passkey was not believed, and why. Of one that is nobody's nothing says who.
    pub(crate) async fn note_refused_passkey(
        &self,
        why: &'static str,
        held: Option<&HeldPasskey>,
        request_id: &str,
    ) -> Result<(), StoreError> {
        let refused = AuditEntry {
            acting_for: None,
            actor: held.map(|held| held.person),
            action: "sign-in",
            object_kind: TABLE,
            object_id: held.map(|held| held.id.0),
            purpose: why,
            outcome: "refused",
            request_id: request_id.to_owned(),
        };
        self.note(vec![refused]).await
    }
}
