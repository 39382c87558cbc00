//! The shape of the page while it loads.

use super::element::{El, el};
use super::host::shown;
use leptos::prelude::*;

/// A heading, two lines and a card, and what a screen reader says: "Hämtar".
pub fn skeleton(label: &str) -> El {
    el("div", "skeleton")
        .attr("role", "status")
        .with(el("span", "visually-hidden").text(label))
        .with(el("div", "skeleton__line skeleton__line--head"))
        .with(el("div", "skeleton__line"))
        .with(el("div", "skeleton__line skeleton__line--short"))
        .with(el("div", "skeleton__card"))
}

/// As [`skeleton`].
#[component]
pub fn Skeleton(
    /// What a screen reader says: "Hämtar".
    #[prop(into)]
    label: String,
) -> impl IntoView {
    shown(skeleton(&label))
}

/// The rows of a table.
#[component]
pub fn TableSkeleton(
    /// What a screen reader says: "Hämtar".
    #[prop(into)]
    label: String,
    /// How many rows.
    rows: usize,
) -> impl IntoView {
    view! {
        <div class="skeleton" role="status">
            <span class="visually-hidden">{label}</span>
            {(0..rows).map(|_| view! { <div class="skeleton__card skeleton__card--row"></div> }).collect_view()}
        </div>
    }
}
