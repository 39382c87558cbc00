//! Takes over the element that the page drew before the program was here. Called once by each bin.

use crate::ui::El;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// The id of the element in `guardian.html` and `staff.html` that holds the first paint.
const MOUNT_NODE: &str = "app";

/// Empties the mount node and draws `view` in it for the rest of the page's life.
/// Does nothing when the page has no such element: the HTML files are part of the same build.
pub fn mount<F, N>(view: F)
where
    F: FnOnce() -> N + 'static,
    N: IntoView,
{
    if let Some(node) = emptied() {
        leptos::mount::mount_to(node, view).forget();
    }
}

/// As [`mount`], for a program that is built of elements.
pub fn mount_built(build: fn() -> El) {
    if let Some(node) = emptied() {
        let place = El::from(web_sys::Element::from(node.clone()));
        leptos::mount::mount_to(node, move || place.add(&build())).forget();
    }
}

fn emptied() -> Option<web_sys::HtmlElement> {
    let node = document().get_element_by_id(MOUNT_NODE)?;
    node.replace_children_with_node_0();
    node.dyn_into().ok()
}

/// Shows the page's own section for a program that cannot start: the texts could not be fetched, so there is no
/// sentence to show from here.
pub fn give_up() {
    if let Some(node) = document().get_element_by_id(MOUNT_NODE) {
        let _ = node.set_attribute("hidden", "");
    }
    if let Some(node) = document().get_element_by_id("not-loaded") {
        let _ = node.remove_attribute("hidden");
    }
}
