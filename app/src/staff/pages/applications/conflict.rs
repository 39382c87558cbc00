//! Two decided at once: both decisions side by side, and a way on.

use super::sending::Sending;
use crate::i18n::t;
use crate::letter;
use crate::ui::{Notice, NoticeKind};
use leptos::prelude::*;
use skolstart_shared::api::Conflict;
use skolstart_shared::application::ApplicationState;
use skolstart_shared::fact::{Provenance, Value};
use skolstart_shared::form::DecisionOutcome;

#[component]
pub(super) fn Lost(sending: Sending) -> impl IntoView {
    move || {
        sending.lost.get().map(|error| {
            let theirs = said(&error.conflicts, Provenance::Staff);
            let mine = said(&error.conflicts, Provenance::You);
            view! {
                <Notice kind=NoticeKind::Error>
                    <p><b>{t("staff.application.lost")}</b></p>
                    <dl class="facts">
                        <div><dt>{t("staff.application.lost-theirs")}</dt><dd>{theirs}</dd></div>
                        <div><dt>{t("staff.application.lost-mine")}</dt><dd>{mine}</dd></div>
                    </dl>
                    <p>
                        <button class="button button--secondary button--small" type="button" on:click=move |_| sending.reload()>
                            {t("staff.application.lost-reload")}
                        </button>
                    </p>
                </Notice>
            }
        })
    }
}

fn said(both: &[Conflict], from: Provenance) -> String {
    let mut words = Vec::new();
    for one in both.iter().filter(|one| one.from == from) {
        match &one.theirs {
            Some(Value::Choice(name)) => {
                let outcome = DecisionOutcome::from_name(name);
                words.extend(outcome.map(|outcome| letter::state(ApplicationState::of(outcome)).1));
            }
            Some(Value::Text(text)) if !text.is_empty() => words.push(text.clone()),
            _ => {}
        }
    }
    words.join(". ")
}
