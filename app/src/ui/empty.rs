//! A place where nothing is yet: says what will be here and what to do now.

use super::element::{El, el, p};
use super::host::{shown, viewed};
use super::icon::drawing as draw;
use leptos::prelude::*;

/// A drawing (rucksack, door, diary or pencil), a heading and what to do.
pub fn empty(drawing: &str, heading: &str, text: &str) -> El {
    el("div", "empty").with(draw(drawing)).with(el("h2", "").text(heading)).with(p("", text))
}

/// As [`empty`].
#[component]
pub fn Empty(
    /// The drawing.
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
    let inside = children.map(|children| viewed(children()));
    shown(empty(drawing, &heading, &text).maybe(inside))
}
