//! What is known of the school's copy of what she has begun: whether it has everything, and when it is saved next. Some seconds after
//! it was kept on this device, and at once when the page is hidden. `school_copy` does it, and comes with the later part.
//!
//! Called by `keeper`, `work`, `send` and when she leaves. Must not: hold anything up. Without the school it lies on the device.

use super::later::save_at_school;
use super::work::Work;
use gloo_timers::callback::Timeout;
use leptos::task::spawn_local;
use skolstart_shared::Timestamp;
use std::cell::RefCell;

/// Well under the ten seconds that are promised, and seldom enough for a school where all write at once.
const PAUSE_MS: u32 = 4_000;

#[derive(Default)]
pub(super) struct School {
    /// When that was kept which the next save stands on.
    pub(super) base: Option<Timestamp>,
    /// What is kept.
    pub(super) saved: Option<String>,
    /// What is kept is of a newer program: it is not written over.
    pub(super) unread: bool,
    pub(super) timer: Option<Timeout>,
    pub(super) busy: bool,
}

thread_local! {
    pub(super) static SCHOOL: RefCell<School> = RefCell::default();
}

/// Forgets what was known of the school's copy: it is sent, or somebody else is here.
pub(super) fn forget() {
    SCHOOL.take();
}

/// True when the school keeps what she has begun. It does not for one with a code from school. Reactive.
pub(super) fn keeps(work: Work) -> bool {
    work.with(|session| !session.home.with_code).unwrap_or(true)
}

/// True when the school has everything that was done and not sent.
pub(super) fn has(work: Work) -> bool {
    let record = record(work);
    record.is_some() && SCHOOL.with_borrow(|school| school.saved == record)
}

fn record(work: Work) -> Option<String> {
    work.with_untracked(|session| session.draft.for_school()).flatten()
}

/// Saves within [`PAUSE_MS`] what differs from what the school has.
pub(super) fn save_soon(work: Work) {
    SCHOOL.with_borrow_mut(|school| {
        if school.timer.is_none() {
            school.timer = Some(Timeout::new(PAUSE_MS, move || spawn_local(save(work))));
        }
    });
}

/// Saves now.
pub(super) async fn save(work: Work) {
    SCHOOL.with_borrow_mut(|school| school.timer = None);
    let is_same = record(work) == SCHOOL.with_borrow(|school| school.saved.clone());
    // The part is not fetched for nothing.
    if !is_same {
        save_at_school(work).await;
    }
}
