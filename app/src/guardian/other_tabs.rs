//! What other tabs have done to what lies on the device: typed more, sent it, or signed out. Comes with the later part; `keeper` and
//! `tabs` notice that something has changed.
//!
//! Must not: overwrite what another tab has typed.

use super::device;
use super::keeper;
use super::tabs::SENT;
use super::work::Work;
use crate::forms::Draft;
use crate::state::clock;
use crate::storage::{Device, DraftStore};
use leptos::prelude::*;
use std::rc::Rc;

/// Takes in what lies on the device.
pub(super) async fn take_in(work: Work, device: Rc<Device>) {
    let Some((me, round)) = work.with_untracked(|session| (session.draft.person, session.draft.round)) else {
        return;
    };
    let stored = device.load(me, clock::now()).await.ok().flatten();
    let theirs = stored.as_ref().and_then(|stored| Draft::decode(&stored.record, me, round));
    if theirs.is_none() && stored.is_some() {
        // Another tab runs a newer program: this one goes on in memory, and leaves alone what it cannot read.
        return keeper::go_on_in_memory();
    }
    keeper::stands_on(stored.map_or(0, |stored| stored.revision));
    match theirs {
        Some(theirs) => {
            let merged = work.session.try_update(|session| {
                let Some(session) = session else { return false };
                let before = session.draft.clone();
                session.draft.merge(&theirs);
                session.draft != before
            });
            if merged == Some(true) {
                work.redraw();
            }
        }
        None => ask_what_was_sent(work).await,
    }
}

/// Another tab has sent something: asks the school, and forgets of the draft what was in it.
pub(super) async fn ask_what_was_sent(work: Work) {
    if work.refresh().await.is_ok() {
        let sent = sent();
        work.session.update(|session| {
            if let Some(session) = session {
                session.forget_sent(&sent);
            }
        });
        work.redraw();
    }
}

/// What was sent last at this device, newest first; a number that was cut off is nobody's.
fn sent() -> Vec<(i64, i64)> {
    let read = |one: &str| {
        let (pressed, received) = one.split_once('-')?;
        Some((pressed.parse().ok()?, received.parse().ok()?))
    };
    device::word(SENT).unwrap_or_default().split(' ').filter_map(read).collect()
}
