//! The door for those without an e-identification: a code that the school has given on paper. The square on the paper brings it in
//! the part of the address that is not sent.

use super::failure_text;
use crate::api::{ApiFailure, client};
use crate::i18n::t;
use crate::ui::form::{Frame, TextKind, text};
use crate::ui::{El, button, el};
use leptos::prelude::*;
use leptos::task::spawn_local;
use skolstart_shared::api::{CodeIn, ErrorCode, SignInWithCode};

const CODE: TextKind = TextKind { input: "text", mode: "", autocomplete: "one-time-code", class: "input" };

/// Closed, unless the address brought a code. `entered` is called when it was right.
pub(super) fn code_entry(entered: impl Fn() + Copy + 'static) -> El {
    let brought = window().location().hash().unwrap_or_default();
    let brought = brought.trim_start_matches('#').to_owned();
    let (typed, wrong) = (StoredValue::new(brought.clone()), RwSignal::new(String::new()));
    let frame = Frame {
        path: "code".to_owned(),
        label: t("sign-in.code.label"),
        help: t("sign-in.code.help"),
        ..Frame::default()
    };
    let said = move || Some(wrong.get()).filter(|words| !words.is_empty());
    let field = text(&frame, CODE, &brought, Box::new(said), move |text| typed.set_value(text), || (), None);
    let enter = move |event: web_sys::Event| {
        event.prevent_default();
        let code = typed.get_value();
        spawn_local(async move {
            match client::call_raw::<SignInWithCode>(&(), &CodeIn { code }).await {
                Ok(_) => entered(),
                // The page may be gone.
                Err(failure) => drop(wrong.try_set(why(&failure))),
            }
        });
    };
    let press =
        button("button button--secondary button--wide", &t("sign-in.code.enter")).attr("type", "submit");
    let form = el("form", "stack").with(field).with(press).on("submit", enter);
    let door = el("details", "").with(el("summary", "").text(&t("sign-in.code.open"))).with(form);
    door.flag("open", !brought.is_empty());
    door
}

fn why(failure: &ApiFailure) -> String {
    match failure {
        ApiFailure::Refused(error) if error.code == ErrorCode::NotFound => t("sign-in.code.wrong"),
        ApiFailure::Refused(error) if error.code == ErrorCode::Busy => t("sign-in.code.wait"),
        failure => failure_text(failure),
    }
}
