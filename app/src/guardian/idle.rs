//! On a device that others use too: asks after a while whether she is still there, and locks when nobody answers. What she
//! wrote goes to the school first; what cannot stays in memory until she has signed in again. `boot.js` counts the minutes.

use super::device;
use super::later::send_waiting;
use super::school;
use super::work::Work;
use crate::i18n::t;
use crate::live::whenever;
use crate::state::{Who, tell};
use crate::ui::{El, button, dialog, el};
use js_sys::Reflect;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The question.
pub(super) fn idle(work: Work) -> El {
    let (session, asking) = (work.signed_in, RwSignal::new(false));
    let heard = window_event_listener_untyped("skolstart-idle", move |event| {
        let stage = Reflect::get(&event, &"detail".into()).ok().and_then(|stage| stage.as_f64());
        // Where she has not said whose device it is, it may be anybody's.
        let is_watched =
            !device::is_own() && matches!(session.who_untracked(), Who::SignedIn(_) | Who::Ended(_));
        asking.set(is_watched && stage == Some(1.0));
        if is_watched && stage == Some(2.0) {
            spawn_local(lock(work));
        }
    });
    on_cleanup(move || heard.remove());
    whenever(move || {
        // She has answered, with the button or with Escape.
        if !asking.get() {
            tell("skolstart-here");
        }
    });
    let stay = button("button", "").words(|| t("idle.stay")).tap(move || asking.set(false));
    let inside = El::several()
        .with(el("p", "").words(|| t("idle.text")))
        .with(el("div", "dialog__actions").with(stay));
    dialog(asking, "idle-name", || t("idle.heading"), inside)
}

async fn lock(work: Work) {
    let session = work.signed_in;
    // Nothing of hers stands on the screen while it is on its way.
    session.set(Who::Unknown);
    work.hide();
    device::lock(true);
    arrive(work).await;
    if matches!(session.who_untracked(), Who::Unreachable(_)) {
        // Ended as soon as the school is reached: whoever comes meets the way to sign in.
        session.set(Who::Nobody);
    }
    work.hide();
}

/// Finds out who is signed in. What was locked is ended first, and before that what it holds goes to the school.
pub(super) async fn arrive(work: Work) {
    let session = work.signed_in;
    if !device::is_locked() {
        return session.load().await;
    }
    send_waiting(work).await;
    school::save(work).await;
    match session.end().await {
        Ok(()) => device::lock(false),
        Err(failure) => session.set(Who::Unreachable(failure)),
    }
}
