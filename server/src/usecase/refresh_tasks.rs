//! Tasks and counters follow the register. Called after an import and when a round is created.

use super::files::forget_waiting;
use super::own_draft;
use crate::store::{Refreshed, Store, StoreError};
use skolstart_shared::id::RoundId;

/// Brings the tasks of one round in line with the register and the answers. Safe to run at any time and to stop half-way.
///
/// # Errors
/// When the store cannot do it.
pub async fn refresh_tasks(store: &Store, round: RoundId) -> Result<Refreshed, StoreError> {
    store.refresh_round(round).await
}

/// The same for every open round, once a day: birthdays, and relations and places that begin and end, move tasks without
/// anybody writing. Files that no answer came to hold, and drafts that nobody went on with, are forgotten then. Gives `false` when it has been done today, by any process.
///
/// # Errors
/// When the store cannot do it.
pub async fn refresh_today(store: &Store) -> Result<bool, StoreError> {
    if store.refreshed_on().await? == Some(store.clock().today()) {
        return Ok(false);
    }
    // An import that was stopped may have left a family without its protection, or with more than it needs.
    store.shield_families().await?;
    refresh_all(store).await?;
    let forgotten = forget_waiting(store).await?;
    tracing::info!(forgotten, "files that no answer holds");
    let forgotten = own_draft::forget_old(store).await?;
    tracing::info!(forgotten, "drafts that nobody went on with");
    Ok(true)
}

/// The same for every round that has not closed.
///
/// # Errors
/// When the store cannot do it.
pub async fn refresh_all(store: &Store) -> Result<Vec<(RoundId, Refreshed)>, StoreError> {
    let today = store.clock().today();
    let mut done = Vec::new();
    for round in store.reload_published().await?.rounds().iter().filter(|round| round.closes >= today) {
        done.push((round.id, refresh_tasks(store, round.id).await?));
    }
    store.remember_refreshed(today).await?;
    Ok(done)
}
