//! A question before something that cannot be undone. The browser's own dialog: it holds the focus and closes on Escape.

use leptos::html;
use leptos::prelude::*;

/// A dialog that is shown while `open` is true.
#[component]
pub fn Dialog(
    /// True while it is shown. Set to false when the person closes it.
    open: RwSignal<bool>,
    /// The question.
    #[prop(into)]
    heading: Signal<String>,
    /// What follows from it, and `<div class="dialog__actions">` with the answers.
    children: Children,
) -> impl IntoView {
    let node = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        let (Some(node), open) = (node.get(), open.get()) else { return };
        if open && !node.open() {
            // Fails only for a dialog that is not in the page, and this one is.
            let _ = node.show_modal();
        } else if !open && node.open() {
            node.close();
        }
    });
    view! {
        <dialog class="dialog" aria-labelledby="dialog-name" node_ref=node on:close=move |_| open.set(false)>
            <h2 id="dialog-name">{heading}</h2>
            {children()}
        </dialog>
    }
}
