//! One or several of a list: radio buttons and check boxes.

use super::frame::{Frame, Wrong};
use crate::ui::{El, follow};
use wasm_bindgen::JsValue;

/// An option in words.
#[derive(Clone)]
pub struct OptionText {
    /// Its key.
    pub key: String,
    /// What is read.
    pub label: String,
}

/// How options are chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choosing {
    /// One of them; beside each other when they are short.
    One {
        /// Beside each other.
        beside: bool,
    },
    /// Any number of them.
    Many,
}

/// A field of options. `is_chosen` says what stands; `choose` is called with the option and whether it was chosen.
pub fn options(
    frame: &Frame,
    choosing: Choosing,
    all: &[OptionText],
    is_chosen: impl Fn(&str) -> bool + Clone + 'static,
    wrong: Wrong,
    choose: impl Fn(&str, bool) + Clone + 'static,
) -> El {
    let is_row = choosing == Choosing::One { beside: true };
    let list = El::new("div", if is_row { "options options--row" } else { "options" });
    let kind = if choosing == Choosing::Many { "checkbox" } else { "radio" };
    for (place, option) in all.iter().enumerate() {
        // The links of an error summary lead to the first one.
        let id = if place == 0 { frame.id() } else { [&frame.id(), "-", &place.to_string()].concat() };
        let input =
            El::new("input", "option__input").attr("type", kind).attr("id", &id).attr("name", &frame.id());
        let (own, key, choose) = (input.clone(), option.key.clone(), choose.clone());
        let input = input.on("change", move |_| choose(&key, own.is_checked()));
        let (own, key, is_chosen) = (input.clone(), option.key.clone(), is_chosen.clone());
        follow(move || own.property("checked", &JsValue::from_bool(is_chosen(&key))));
        let label = El::new("label", "option").child(&input);
        list.add(&label.child(&El::new("span", "option__text").text(&option.label)));
    }
    frame.around_group(&list, wrong)
}
