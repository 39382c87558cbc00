//! Several tabs, and a page that comes and goes: saves when it is hidden, looks again when it is shown, and tells the others what
//! was sent.
//!
//! Called by the program's root, by `send` and by `keeper`, which keeps the draft. Must not: keep anything itself.

use super::device;
use super::keeper::{keep, look};
use super::later::ask_what_was_sent;
use super::school;
use super::sender;
use super::work::Work;
use leptos::prelude::*;
use leptos::task::spawn_local;
use skolstart_shared::Timestamp;

/// Written in `localStorage` when something was sent; the other tabs hear of it. Holds times and nothing else.
pub(super) const SENT: &str = "skolstart.sent";
/// More than two tabs can disagree about: some eight submissions.
const SENT_LENGTH: usize = 220;

/// Saves when the page is hidden, and looks at what other tabs have done when it comes back. Call once.
pub(super) fn watch_page(work: Work) {
    let hidden = move || document().visibility_state() == web_sys::VisibilityState::Hidden;
    let changed = move |_| match hidden() {
        true => spawn_local(async move {
            keep(work).await;
            school::save(work).await;
        }),
        false => shown(work),
    };
    let visibility = window_event_listener(leptos::ev::visibilitychange, changed);
    let leaving = window_event_listener(leptos::ev::pagehide, move |_| spawn_local(keep(work)));
    // Back in a page that the browser had put aside.
    let back = window_event_listener(leptos::ev::pageshow, move |_| shown(work));
    let focus = window_event_listener(leptos::ev::focus, move |_| spawn_local(look(work)));
    let sent = window_event_listener(leptos::ev::storage, move |event| {
        match event.key().as_deref() {
            Some(SENT) => spawn_local(ask_what_was_sent(work)),
            // She has signed out in another tab: nothing of hers stays on the screen of this one.
            Some(device::LEFT) => spawn_local(work.leave()),
            _ => {}
        }
    });
    on_cleanup(move || {
        [visibility, leaving, back, focus, sent].into_iter().for_each(WindowListenerHandle::remove)
    });
}

/// Somebody looks again: nothing waits out a pause.
fn shown(work: Work) {
    spawn_local(look(work));
    sender::wake(work);
    if work.remembered.get_untracked() {
        spawn_local(sender::ask(work));
    }
}

/// Tells the other tabs that something was sent: when send was pressed, and when the school received it. Where the browser
/// remembers nothing they hear of it when they come to the front.
pub(super) fn tell_sent(pressed: i64, received: Timestamp) {
    let before = device::word(SENT).unwrap_or_default();
    let word = [&pressed.to_string(), "-", &received.as_millis().to_string(), " ", &before].concat();
    device::remember(SENT, Some(word.get(..SENT_LENGTH).unwrap_or(&word)));
}
