//! What a browser does by itself when a page is loaded, and must be done for it when only the address changes: scroll to
//! the top, say the new title, move the focus to the new heading (WCAG 2.4.2, 2.4.3).

use crate::live::whenever;
use leptos::prelude::*;
use std::cell::Cell;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

thread_local! {
    /// True from a move until the new page's heading is there: it may wait for an answer from the server.
    static HEADING_AWAITED: Cell<bool> = const { Cell::new(false) };
}

/// Called after a move to another page. Not called for the first page: there the browser has done it.
pub(super) fn arrived() {
    HEADING_AWAITED.set(true);
    window().scroll_to_with_x_and_y(0.0, 0.0);
    request_animation_frame(focus_heading);
}

fn focus_heading() {
    if !HEADING_AWAITED.get() {
        return;
    }
    let Ok(Some(heading)) = document().query_selector("main h1") else { return };
    let Ok(heading) = heading.dyn_into::<HtmlElement>() else { return };
    HEADING_AWAITED.set(false);
    heading.set_tab_index(-1);
    let _ = heading.focus();
}

/// Keeps the title of the window: "Mina barn – Skolstart". An empty text: the page does not know its name yet. Call it
/// once per page, where the heading stands.
pub fn page_title(title: impl Fn() -> String + 'static) {
    whenever(move || {
        let mut title = title();
        if title.is_empty() {
            return;
        }
        title.push_str(" – Skolstart");
        document().set_title(&title);
        request_animation_frame(focus_heading);
    });
}
