//! Icons and drawings from the sprite `public/icons.svg`. Always beside a word; hidden from screen readers.

use leptos::prelude::*;

fn from_sprite(name: &str) -> String {
    let mut href = String::from("/icons.svg#");
    href.push_str(name);
    href
}

/// A small icon in the colour of the text.
#[component]
pub fn Icon(
    /// Its id in the sprite.
    name: &'static str,
) -> impl IntoView {
    view! { <svg class="icon" aria-hidden="true"><use href=from_sprite(name)/></svg> }
}

/// A line drawing: rucksack, door, diary, pencil.
#[component]
pub fn Drawing(
    /// Its id in the sprite without `draw-`.
    name: &'static str,
) -> impl IntoView {
    let mut id = String::from("draw-");
    id.push_str(name);
    view! { <svg class="drawing" aria-hidden="true"><use href=from_sprite(&id)/></svg> }
}
