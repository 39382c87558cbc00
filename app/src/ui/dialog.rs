//! A question before something that cannot be undone. The browser's own dialog: it holds the focus and closes on Escape.

use crate::live::{whenever, words};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlDialogElement;

/// A dialog that is shown while `open` is true.
#[component]
pub fn Dialog(
    /// True while it is shown. Set to false when the person closes it.
    open: RwSignal<bool>,
    /// The question.
    heading: impl Fn() -> String + Send + 'static,
    /// What follows from it, and `<div class="dialog__actions">` with the answers.
    children: Children,
) -> impl IntoView {
    let shows = move |node: web_sys::Element| {
        let Ok(node) = node.dyn_into::<HtmlDialogElement>() else { return };
        whenever(move || show(&node, open.get()));
    };
    view! {
        <dialog class="dialog" aria-labelledby="dialog-name" use:shows on:close=move |_| open.set(false)>
            <h2 id="dialog-name">{words(heading)}</h2>
            {children()}
        </dialog>
    }
}

fn show(node: &HtmlDialogElement, open: bool) {
    if open && !node.open() {
        // Fails only for a dialog that is not in the page, and this one is.
        let _ = node.show_modal();
    } else if !open && node.open() {
        node.close();
    }
}
