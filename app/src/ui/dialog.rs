//! A question before something that cannot be undone. The browser's own dialog: it holds the focus and closes on Escape.

use super::element::{El, el};
use super::redraw::follow;
use leptos::prelude::{Get, RwSignal, Set};
use wasm_bindgen::JsCast;
use web_sys::HtmlDialogElement;

/// A dialog that is shown while `open` is true, which becomes false when the person closes it. Inside stands what follows
/// from the answer, and `<div class="dialog__actions">` with the answers. `name` is the heading's id: a page may hold several.
pub fn dialog(open: RwSignal<bool>, name: &str, heading: impl Fn() -> String + 'static, inside: El) -> El {
    let dialog = el("dialog", "dialog")
        .attr("aria-labelledby", name)
        .on("close", move |_| open.set(false))
        .with(el("h2", "").attr("id", name).words(heading))
        .with(inside);
    let own = dialog.clone();
    follow(move || {
        if let Some(node) = own.node().dyn_ref() {
            show(node, open.get());
        }
    });
    dialog
}

fn show(node: &HtmlDialogElement, open: bool) {
    if open && !node.open() {
        // Fails only for a dialog that is not in the page, and this one is.
        let _ = node.show_modal();
    } else if !open && node.open() {
        node.close();
    }
}
