//! A choice of what a list shows. Chips stand in `<div class="chips" role="group" aria-label="…">`.

use leptos::prelude::*;

/// One choice, with how many it shows.
#[component]
pub fn Chip(
    /// What it shows.
    #[prop(into)]
    label: String,
    /// How many.
    #[prop(into)]
    count: Signal<String>,
    /// True when it is chosen.
    #[prop(into)]
    pressed: Signal<bool>,
    /// Called when it is chosen.
    choose: impl Fn() + 'static,
) -> impl IntoView {
    let state = move || if pressed.get() { "true" } else { "false" };
    view! {
        <button class="chip" type="button" aria-pressed=state on:click=move |_| choose()>
            {label}" "<b>{count}</b>
        </button>
    }
}
