//! One purpose and channel: two equal answers, none of them chosen beforehand. `style/components/consent.css`.

use super::frame::{Frame, Wrong};
use crate::ui::{El, follow};
use wasm_bindgen::JsValue;

/// What a consent says.
#[derive(Clone, Default)]
pub struct Consent {
    /// Title, text, path.
    pub frame: Frame,
    /// Rows of name and words: who sees it, until when.
    pub terms: Vec<(String, String)>,
    /// The word for yes.
    pub yes: String,
    /// The word for no.
    pub no: String,
    /// Said instead of the two answers when the answer is no by law. Empty: she answers.
    pub blocked: String,
    /// How to change one's mind. Empty: nothing.
    pub later: String,
}

/// A consent with its two answers.
pub fn consent(
    says: &Consent,
    answer: impl Fn() -> Option<bool> + Clone + 'static,
    wrong: Wrong,
    choose: impl Fn(bool) + Clone + 'static,
) -> El {
    let frame = &says.frame;
    let terms = El::new("dl", "consent__terms");
    for (name, words) in &says.terms {
        let row = El::new("div", "").child(&El::new("dt", "").text(name));
        terms.add(&row.child(&El::new("dd", "").text(words)));
    }
    let card = El::new("fieldset", "consent")
        .child(&El::new("legend", "consent__title").text(&frame.label))
        .child(&El::new("p", "consent__text").text(&frame.help))
        .child(&terms);
    if !says.blocked.is_empty() {
        let body = El::new("div", "notice__body").child(&El::new("p", "").text(&says.blocked));
        return card.child(&El::new("div", "notice").child(&El::icon("shield")).child(&body));
    }
    let error_id = [&frame.id(), "-error"].concat();
    let words = El::new("span", "");
    let error = El::new("p", "field__error").attr("id", &error_id).child(&El::icon("warning")).child(&words);
    let choices = El::new("div", "consent__choices");
    for (yes, label) in [(true, &says.yes), (false, &says.no)] {
        choices.add(&choice(frame, yes, label, answer.clone(), choose.clone()));
    }
    let own = card.clone();
    let described = error.clone();
    follow(move || {
        let message = wrong();
        words.say(message.as_deref().unwrap_or_default());
        described.show(message.is_some());
        own.set("aria-describedby", if message.is_some() { &error_id } else { "" });
    });
    let card = card.child(&error).child(&choices);
    if says.later.is_empty() { card } else { card.child(&El::new("p", "consent__later").text(&says.later)) }
}

fn choice(
    frame: &Frame,
    yes: bool,
    label: &str,
    answer: impl Fn() -> Option<bool> + 'static,
    choose: impl Fn(bool) + 'static,
) -> El {
    let (class, icon) = if yes {
        ("consent__choice consent__choice--yes", "check")
    } else {
        ("consent__choice consent__choice--no", "cross")
    };
    let id = if yes { frame.id() } else { [&frame.id(), "-no"].concat() };
    let input = El::new("input", "").attr("type", "radio").attr("id", &id).attr("name", &frame.id());
    let own = input.clone();
    follow(move || own.property("checked", &JsValue::from_bool(answer() == Some(yes))));
    let input = input.on("change", move |_| choose(yes));
    let face = El::new("span", "consent__face").child(&El::icon(icon)).text(label);
    El::new("label", class).child(&input).child(&face)
}
