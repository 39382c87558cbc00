//! The keyboard on a group page: arrows in the list, "/" to search, Escape to close. Enter is the link's own.

use super::page::Desk;
use super::toolbar::SEARCH;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use skolstart_shared::id::PersonId;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// The link with which each row begins.
const ROWS: &str = "a.table__name";

/// Keys that hold for the whole page.
pub(super) fn page_key(desk: Desk, event: &KeyboardEvent) {
    if event.default_prevented() || event.ctrl_key() || event.meta_key() || event.alt_key() {
        return;
    }
    match event.key().as_str() {
        "/" if !is_typing(event) => {
            event.prevent_default();
            focus(document().get_element_by_id(SEARCH));
        }
        // In the search field Escape empties the field, as browsers do.
        "Escape" if !is_typing(event) => desk.close(),
        _ => {}
    }
}

/// Arrows, Home and End move from row to row.
pub(super) fn table_key(event: &KeyboardEvent) {
    let rows = rows();
    let Some(here) = document().active_element() else { return };
    let Some(at) = rows.iter().position(|row| row.is_same_node(Some(&here))) else { return };
    let to = match event.key().as_str() {
        "ArrowDown" => (at + 1).min(rows.len() - 1),
        "ArrowUp" => at.saturating_sub(1),
        "Home" => 0,
        "End" => rows.len() - 1,
        _ => return,
    };
    event.prevent_default();
    let _ = rows[to].focus();
}

/// Moves the focus to a child's row, after the page has been drawn.
pub(super) fn focus_row(child: PersonId) {
    request_animation_frame(move || {
        let selector = ["tr[data-child='", &child.to_string(), "'] ", ROWS].concat();
        focus(document().query_selector(&selector).ok().flatten());
    });
}

fn rows() -> Vec<HtmlElement> {
    let Ok(found) = document().query_selector_all(ROWS) else { return Vec::new() };
    (0..found.length()).filter_map(|at| found.get(at)?.dyn_into().ok()).collect()
}

fn focus(element: Option<web_sys::Element>) {
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let _ = element.focus();
    }
}

fn is_typing(event: &KeyboardEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok());
    target.is_some_and(|target| matches!(target.tag_name().as_str(), "INPUT" | "SELECT" | "TEXTAREA"))
}
