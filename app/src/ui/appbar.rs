//! The head of a guardian's page, and the name of the service that both programs carry.

use crate::live::words;
use leptos::prelude::*;

/// Logo and name, as a link to the start. The click is handled by the caller, who knows the routes.
#[component]
pub fn Brand(
    /// Where the start is.
    href: &'static str,
) -> impl IntoView {
    view! {
        <a class="brand" href=href>
            <svg class="brand__mark" aria-hidden="true"><use href="/icons.svg#mark"/></svg>
            <span class="brand__word">"Skolstart"</span>
        </a>
    }
}

/// Name to the left, tools to the right, where one is below.
#[component]
pub fn AppBar(
    /// Where the start is.
    home: &'static str,
    /// Where one is: child, school, class. Empty: the line is left out.
    place: impl Fn() -> String + Copy + Send + Sync + 'static,
    /// The tools: language, sign out.
    children: Children,
) -> impl IntoView {
    view! {
        <header class="appbar">
            <Brand href=home/>
            <div class="appbar__tools">{children()}</div>
            <p class="appbar__where" hidden=move || place().is_empty()>{words(place)}</p>
        </header>
    }
}
