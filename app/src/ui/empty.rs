//! A place where nothing is yet: says what will be here and what to do now.

use super::icon::Drawing;
use leptos::prelude::*;

/// A drawing, a heading and what to do.
#[component]
pub fn Empty(
    /// The drawing: rucksack, door, diary or pencil.
    drawing: &'static str,
    /// The heading.
    #[prop(into)]
    heading: String,
    /// What will be here.
    #[prop(into)]
    text: String,
    /// What can be done now.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <Drawing name=drawing/>
            <h2>{heading}</h2>
            <p>{text}</p>
            {children.map(|children| children())}
        </div>
    }
}
