//! The moving parts of a page, each in one shape. A closure that stands in `view!` as it is costs a kilobyte of copied
//! code in the download, each time; boxed here it costs one call.
//!
//! Called by the pages and widgets of the guardian program. Must not: know a page.

use leptos::ev::MouseEvent;
use leptos::prelude::*;

/// Text that follows what it reads.
pub fn words(text: impl FnMut() -> String + Send + 'static) -> AnyView {
    boxed_words(Box::new(text))
}

fn boxed_words(text: Box<dyn FnMut() -> String + Send>) -> AnyView {
    text.into_any()
}

/// A part of the page that is drawn again when what it reads changes.
pub fn part(draw: impl FnMut() -> AnyView + Send + 'static) -> AnyView {
    boxed_part(Box::new(draw))
}

fn boxed_part(draw: Box<dyn FnMut() -> AnyView + Send>) -> AnyView {
    draw.into_any()
}

/// What a click does, for `on:click`.
pub fn tap(act: impl FnMut(MouseEvent) + 'static) -> Box<dyn FnMut(MouseEvent)> {
    Box::new(act)
}

/// Runs `act` after the page is drawn, and again when what it reads changes. As `Effect::new`.
pub fn whenever(act: impl FnMut() + 'static) {
    boxed_whenever(Box::new(act));
}

fn boxed_whenever(mut act: Box<dyn FnMut()>) {
    Effect::new(move |_| act());
}
