//! Everything that is typed: one line, several lines, numbers, days, telephone numbers, addresses.

use super::frame::{Frame, Wrong};
use crate::ui::{El, follow};
use leptos::prelude::{Get, RwSignal, Set};

/// What kind of keyboard and what the browser may fill in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextKind {
    /// `type` of the input; empty: several lines.
    pub input: &'static str,
    /// `inputmode`.
    pub mode: &'static str,
    /// `autocomplete`.
    pub autocomplete: &'static str,
    /// The class of the input.
    pub class: &'static str,
}

/// A typed field. `counted` says how much of a long text is used.
pub fn text(
    frame: &Frame,
    kind: TextKind,
    typed: &str,
    wrong: Wrong,
    change: impl Fn(String) + 'static,
    left: impl Fn() + 'static,
    counted: Option<Box<dyn Fn(usize) -> String>>,
) -> El {
    let tag = if kind.input.is_empty() { "textarea" } else { "input" };
    let input = El::new(tag, kind.class).attr("id", &frame.id()).attr("autocomplete", kind.autocomplete);
    if !kind.input.is_empty() {
        input.set("type", kind.input);
    }
    if !kind.mode.is_empty() {
        input.set("inputmode", kind.mode);
        // Names and sentences begin with a capital letter and are spelt; numbers and addresses of e-mail are not.
        input.set("autocapitalize", "none");
        input.set("spellcheck", "false");
    }
    input.property("value", &typed.into());
    let length = RwSignal::new(typed.chars().count());
    let own = input.clone();
    let input = input
        .on("input", move |_| {
            let text = own.value();
            length.set(text.chars().count());
            change(text);
        })
        .on("blur", move |_| left());
    let field = frame.around(&input, wrong);
    if let Some(counted) = counted {
        let count = El::new("p", "field__count");
        let shown = count.clone();
        follow(move || shown.say(&counted(length.get())));
        field.add(&count);
    }
    field
}
