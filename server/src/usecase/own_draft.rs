//! What a guardian has begun to answer is kept with the school, so that she can go on at another device. Called by its handlers.
//!
//! Owns for how long. Must not look into it: until it is sent it is hers alone.

use crate::policy::{Grant, ReadHome, Submit};
use crate::store::{Store, StoreError};
use skolstart_shared::api::{OwnDraftIn, OwnDraftOut, OwnDraftSaved};

/// For how many days something is kept that nobody goes on with.
const KEPT_DAYS: i64 = 30;

/// What is kept, after it is noted who has looked.
///
/// # Errors
/// When it could not be read.
pub async fn read(store: &Store, grant: Grant<ReadHome>) -> Result<OwnDraftOut, StoreError> {
    let Some((at, record)) = store.own_draft(&grant).await? else {
        return Ok(OwnDraftOut { at: None, record: String::new() });
    };
    store.note(vec![grant.audit("own-draft", Some(grant.actor().0))]).await?;
    Ok(OwnDraftOut { at: Some(at), record })
}

/// Keeps it. `None`: something else was kept meanwhile, at another device or in another tab.
///
/// # Errors
/// When it could not be written; the same may be sent again.
pub async fn keep(
    store: &Store,
    grant: Grant<Submit>,
    input: OwnDraftIn,
) -> Result<Option<OwnDraftSaved>, StoreError> {
    let kept = store.keep_own_draft(&grant, input.base, input.record).await?;
    Ok(kept.map(|at| OwnDraftSaved { at }))
}

/// Forgets it.
///
/// # Errors
/// When it could not be written.
pub async fn forget(store: &Store, grant: Grant<Submit>) -> Result<(), StoreError> {
    store.forget_own_draft(&grant).await
}

/// Forgets what nobody has gone on with. Says how many.
///
/// # Errors
/// When it could not be written.
pub async fn forget_old(store: &Store) -> Result<u64, StoreError> {
    store.forget_own_drafts(store.clock().now().plus_millis(-KEPT_DAYS * 86_400_000)).await
}
