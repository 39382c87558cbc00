//! Icons and drawings from the sprite `public/icons.svg`. Always beside a word; hidden from screen readers. [`El::icon`]
//! builds an icon.

use super::element::El;
use super::host::shown;
use leptos::prelude::*;

/// A line drawing: rucksack, door, diary, pencil; its id in the sprite without `draw-`.
pub fn drawing(name: &str) -> El {
    El::sprite("drawing", &["draw-", name].concat())
}

/// A small icon in the colour of the text.
#[component]
pub fn Icon(
    /// Its id in the sprite.
    name: &'static str,
) -> impl IntoView {
    shown(El::icon(name))
}

/// As [`drawing`].
#[component]
pub fn Drawing(
    /// Its id in the sprite without `draw-`.
    name: &'static str,
) -> impl IntoView {
    shown(drawing(name))
}
