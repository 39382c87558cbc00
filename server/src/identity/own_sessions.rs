//! Where somebody is signed in, and ending that: for herself, never for others. Called by the handlers of the session.

use super::device::Device;
use super::session::SessionRules;
use super::token::SessionToken;
use crate::policy::{Grant, OwnSession};
use crate::store::{Ending, Store, StoreError};
use skolstart_shared::api::SessionLine;
use skolstart_shared::id::SessionId;

/// The actor's sessions that live, the last used first. `here`: the one that asks.
///
/// # Errors
/// When they could not be read.
pub async fn own_sessions(
    store: &Store,
    rules: SessionRules,
    grant: &Grant<OwnSession>,
    here: Option<&SessionToken>,
) -> Result<Vec<SessionLine>, StoreError> {
    let (now, here) = (store.clock().now(), here.map(SessionToken::hash));
    let open = store.open_sessions(grant).await?;
    let live = open.into_iter().filter(|session| now < session.seen.plus_millis(rules.idle(session.admits)));
    let lines = live.map(|session| {
        let device = session.browser.as_deref().and_then(Device::from_stored);
        SessionLine {
            session: session.id,
            browser: device.map_or("", |device| device.browser).to_owned(),
            system: device.map_or("", |device| device.system).to_owned(),
            since: session.since,
            seen: session.seen,
            here: Some(session.token) == here,
        }
    });
    Ok(lines.collect())
}

/// Ends one of the actor's sessions.
///
/// # Errors
/// When it could not be written; the session then still lives.
pub async fn end_one(store: &Store, grant: Grant<OwnSession>, session: SessionId) -> Result<(), StoreError> {
    store.end_own_sessions(grant, Ending::One(session)).await
}

/// Ends all of the actor's sessions but the one that asks.
///
/// # Errors
/// As [`end_one`].
pub async fn end_others(
    store: &Store,
    grant: Grant<OwnSession>,
    here: &SessionToken,
) -> Result<(), StoreError> {
    store.end_own_sessions(grant, Ending::AllBut(here.hash())).await
}
