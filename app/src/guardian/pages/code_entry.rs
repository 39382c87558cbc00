//! The door for those without an e-identification: a code that the school has given on paper. The square on the paper brings it in
//! the part of the address that is not sent.

use super::failure_text;
use crate::api::{ApiFailure, client};
use crate::guardian::later::code_form_later;
use crate::i18n::t;
use crate::ui::form::{Frame, TextKind, text};
use crate::ui::{El, button, el};
use leptos::prelude::*;
use leptos::task::spawn_local;
use skolstart_shared::api::{CodeIn, ErrorCode, SignInWithCode};
use std::rc::Rc;

const CODE: TextKind = TextKind { input: "text", mode: "", autocomplete: "one-time-code", class: "input" };

/// Closed, unless the address brought a code. `entered` is called when it was right. What is behind it comes when it is opened.
pub(super) fn code_entry(entered: Rc<dyn Fn()>) -> El {
    let opened = RwSignal::new(!brought().is_empty());
    let door = el("details", "").with(el("summary", "").text(&t("sign-in.code.open")));
    door.flag("open", opened.get_untracked());
    door.on("toggle", move |_| opened.set(true)).part(move || match opened.get() {
        true => code_form_later(Rc::clone(&entered)),
        false => El::several(),
    })
}

/// The code of a square, in the part of the address that is not sent.
fn brought() -> String {
    let hash = window().location().hash().unwrap_or_default();
    hash.trim_start_matches('#').to_owned()
}

/// The field and the button.
pub(in crate::guardian) fn code_form(entered: Rc<dyn Fn()>) -> El {
    let brought = brought();
    let (typed, wrong) = (StoredValue::new(brought.clone()), RwSignal::new(String::new()));
    let frame = Frame {
        path: "code".to_owned(),
        label: t("sign-in.code.label"),
        help: t("sign-in.code.help"),
        ..Frame::default()
    };
    let said = move || Some(wrong.get()).filter(|words| !words.is_empty());
    let field = text(&frame, CODE, &brought, Box::new(said), move |text| typed.set_value(text), || (), None);
    // Pressed twice, it would be used twice.
    let sending = StoredValue::new(false);
    let enter = move |event: web_sys::Event| {
        event.prevent_default();
        if sending.get_value() {
            return;
        }
        sending.set_value(true);
        let (code, entered) = (typed.get_value(), Rc::clone(&entered));
        spawn_local(async move {
            match client::call_raw::<SignInWithCode>(&(), &CodeIn { code }).await {
                Ok(_) => entered(),
                // The page may be gone.
                Err(failure) => drop(wrong.try_set(why(&failure))),
            }
            sending.try_set_value(false);
        });
    };
    let press =
        button("button button--secondary button--wide", &t("sign-in.code.enter")).attr("type", "submit");
    el("form", "stack").with(field).with(press).on("submit", enter)
}

fn why(failure: &ApiFailure) -> String {
    match failure {
        ApiFailure::Refused(error) if error.code == ErrorCode::NotFound => t("sign-in.code.wrong"),
        ApiFailure::Busy(_) => t("sign-in.code.wait"),
        failure => failure_text(failure),
    }
}
