//! Short messages that come and go, and what only a screen reader hears. One per page, so it stands in a thread local:
//! event handlers and requests speak too.

use super::icon::Icon;
use crate::live::{part, tap, words};
use gloo_timers::callback::Timeout;
use leptos::prelude::*;
use std::cell::RefCell;

/// Long enough to read twelve words twice (WCAG 2.2.1 does not apply: nothing depends on a toast).
const SHOWN_MS: u32 = 6_000;

#[derive(Clone, Default, PartialEq, Eq)]
struct Said {
    shown: String,
    /// The words on the button of the message; empty: it has none.
    action: String,
    heard: String,
}

thread_local! {
    static SAID: ArcRwSignal<Said> = ArcRwSignal::new(Said::default());
    static ACTION: RefCell<Option<Box<dyn FnOnce()>>> = const { RefCell::new(None) };
}

/// Shows a message for six seconds and reads it out.
pub fn toast(message: String) {
    show(message, String::new());
}

/// As [`toast`], with a button: "Ångra". The same must be possible without the toast.
pub fn toast_with(message: String, action: String, act: impl FnOnce() + 'static) {
    ACTION.set(Some(Box::new(act)));
    show(message, action);
}

fn show(message: String, action: String) {
    let said = SAID.with(Clone::clone);
    let ours = message.clone();
    said.update(|said| (said.shown, said.action) = (message, action));
    Timeout::new(SHOWN_MS, move || {
        said.update(|said| {
            if said.shown == ours {
                said.shown.clear();
            }
        });
    })
    .forget();
}

/// Reads a message out when the reader pauses, without showing it: the page shows it in another way.
pub fn announce(message: String) {
    SAID.with(Clone::clone).update(|said| said.heard = message);
}

/// The place where messages come. Once per program.
#[component]
pub fn Toasts() -> impl IntoView {
    let said = SAID.with(Clone::clone);
    let heard = said.clone();
    let shown = part(move || {
        let (text, action) = said.with(|said| (said.shown.clone(), said.action.clone()));
        let button = (!action.is_empty()).then(
            || view! { <button class="toast__action" type="button" on:click=tap(|_| act())>{action}</button> },
        );
        (!text.is_empty())
            .then(|| view! { <div class="toast"><Icon name="info"/><p>{text}</p>{button}</div> })
            .into_any()
    });
    view! {
        <div class="toasts" role="status" aria-live="polite">{shown}</div>
        <div class="visually-hidden" role="status" aria-live="polite">{words(move || heard.with(|said| said.heard.clone()))}</div>
    }
}

/// Does what the button of the message says, once.
fn act() {
    SAID.with(Clone::clone).update(|said| said.shown.clear());
    if let Some(act) = ACTION.take() {
        act();
    }
}
