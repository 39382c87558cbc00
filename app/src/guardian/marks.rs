//! Notices that the browser has thrown away what was kept on the device, and whether the school still had all of it.
//!
//! Called by `keeper`, which keeps the record itself. What is noticed, and what cannot be, is in `docs/architecture.md`.

use super::device;
use super::work::Work;
use crate::forms::Draft;
use crate::storage::Mark;
use js_sys::Reflect;
use leptos::prelude::*;
use skolstart_shared::id::PersonId;
use std::cell::Cell;

/// Whose record lies on the device, and when the newest in it was written.
const KEPT: &str = "skolstart.kept";

thread_local! {
    /// What should lie here and does not.
    static MISSING: Cell<Option<Mark>> = const { Cell::new(None) };
    /// The cookie is there: asking the browser for it at each key takes time.
    static HAS_COOKIE: Cell<bool> = const { Cell::new(false) };
}

/// Looks whether what should lie here does. `has_record` only where that could be found out.
pub(super) fn look(work: Work, me: PersonId, has_record: bool) {
    let mark = Mark::find(me, device::word(KEPT).as_deref(), &cookies());
    MISSING.set(mark.filter(|_| !has_record));
    work.lost.set(MISSING.get().is_some());
}

/// Marks that this draft lies on the device.
pub(super) fn put(draft: &Draft) {
    device::remember(KEPT, Some(&Mark::word(draft.person, draft.newest())));
    if !HAS_COOKIE.replace(true) {
        set_cookie(&Mark::cookie(draft.person, is_secure()));
    }
}

/// Nothing lies on the device any more, or she has read that it is gone.
pub(super) fn take_away() {
    device::remember(KEPT, None);
    set_cookie(&Mark::no_cookie(is_secure()));
    HAS_COOKIE.set(false);
}

/// True when everything that is missing here is in what the school has.
pub(super) fn is_back(theirs: &Draft) -> bool {
    MISSING.get().is_none_or(|mark| mark.is_in(|at| theirs.holds(at)))
}

fn is_secure() -> bool {
    window().location().protocol().is_ok_and(|protocol| protocol == "https:")
}

/// Empty where the browser keeps none.
fn cookies() -> String {
    Reflect::get(&document(), &"cookie".into()).ok().and_then(|all| all.as_string()).unwrap_or_default()
}

fn set_cookie(cookie: &str) {
    // A browser that keeps none has one mark less.
    let _ = Reflect::set(&document(), &"cookie".into(), &cookie.into());
}
