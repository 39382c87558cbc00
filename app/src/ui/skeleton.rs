//! The shape of the page while it loads.

use leptos::prelude::*;

/// A heading, two lines and a card.
#[component]
pub fn Skeleton(
    /// What a screen reader says: "Hämtar".
    #[prop(into)]
    label: String,
) -> impl IntoView {
    view! {
        <div class="skeleton" role="status">
            <span class="visually-hidden">{label}</span>
            <div class="skeleton__line skeleton__line--head"></div>
            <div class="skeleton__line"></div>
            <div class="skeleton__line skeleton__line--short"></div>
            <div class="skeleton__card"></div>
        </div>
    }
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
