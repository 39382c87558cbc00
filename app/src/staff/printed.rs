//! On paper only: when it was printed and by whom. Called by the shell for every page, and by pages that say more about what it is.

use crate::i18n::{date_and_time, t_with};
use crate::state::{clock, use_session};
use leptos::prelude::*;

/// When this was printed and by whom, taken anew each time somebody prints.
pub(super) fn printed() -> impl Fn() -> String + Copy + Send + Sync {
    let session = use_session();
    let at = RwSignal::new(clock::now());
    let listener = window_event_listener(leptos::ev::beforeprint, move |_| at.set(clock::now()));
    on_cleanup(move || listener.remove());
    move || {
        let who = session.person().map(|person| person.name).unwrap_or_default();
        t_with("staff.group.printed", &[("when", &date_and_time(at.get())), ("who", &who)])
    }
}

/// The foot of a page that has none of its own.
#[component]
pub(super) fn PrintFoot() -> impl IntoView {
    view! { <footer class="printfoot">{printed()}</footer> }
}
