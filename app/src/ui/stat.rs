//! One figure with its name and what it means. Stands in `<dl class="statgrid">`.

use leptos::prelude::*;

/// A figure.
#[component]
pub fn Stat(
    /// Its name.
    #[prop(into)]
    label: String,
    /// The figure.
    #[prop(into)]
    value: String,
    /// What stands small after it: "%", "av 200".
    #[prop(into, optional)]
    unit: String,
    /// What it means.
    #[prop(into)]
    note: String,
) -> impl IntoView {
    view! {
        <div class="stat">
            <dt class="stat__label">{label}</dt>
            <dd class="stat__value">{value}" "<small>{unit}</small></dd>
            <dd class="stat__note">{note}</dd>
        </div>
    }
}
