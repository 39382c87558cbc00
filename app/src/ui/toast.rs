//! Short messages that come and go, and what only a screen reader hears. One per page, so it stands in a thread local:
//! event handlers and requests speak too.

use super::element::{El, button, el, p};
use super::host::shown;
use gloo_timers::callback::Timeout;
use leptos::prelude::*;
use std::cell::RefCell;

/// Long enough to read twelve words twice (WCAG 2.2.1 does not apply: nothing depends on a toast).
const SHOWN_MS: u32 = 6_000;

#[derive(Clone, Default, PartialEq, Eq)]
struct Said {
    /// Empty: nothing is shown.
    text: String,
    /// The words on the button of the message; empty: it has none.
    action: String,
}

thread_local! {
    static SAID: ArcRwSignal<Said> = ArcRwSignal::new(Said::default());
    static HEARD: ArcRwSignal<String> = ArcRwSignal::new(String::new());
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
    said.set(Said { text: message, action });
    Timeout::new(SHOWN_MS, move || {
        said.maybe_update(|said| {
            let is_ours = said.text == ours;
            if is_ours {
                said.text.clear();
            }
            is_ours
        });
    })
    .forget();
}

/// Reads a message out when the reader pauses, without showing it: the page shows it in another way.
pub fn announce(message: String) {
    HEARD.with(Clone::clone).set(message);
}

/// The place where messages come. Once per program.
pub fn toasts() -> [El; 2] {
    let (said, heard) = (SAID.with(Clone::clone), HEARD.with(Clone::clone));
    let live = |class| el("div", class).attr("role", "status").attr("aria-live", "polite");
    let toast = move || {
        let Said { text, action } = said.get();
        if text.is_empty() {
            return El::several();
        }
        let toast = el("div", "toast").with(El::icon("info")).with(p("", &text));
        if action.is_empty() { toast } else { toast.with(button("toast__action", &action).tap(act)) }
    };
    [live("toasts").part(toast), live("visually-hidden").words(move || heard.get())]
}

/// As [`toasts`], in `view!`.
#[component]
pub fn Toasts() -> impl IntoView {
    toasts().map(shown).into_iter().collect_view()
}

/// Does what the button of the message says, once.
fn act() {
    SAID.with(Clone::clone).update(|said| said.text.clear());
    if let Some(act) = ACTION.take() {
        act();
    }
}
