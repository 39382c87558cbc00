//! Fields of the editing forms.

use crate::api::ApiFailure;
use crate::i18n::t;
use leptos::prelude::*;
use skolstart_shared::api::ErrorCode;
use std::sync::atomic::{AtomicU32, Ordering};

static NEXT: AtomicU32 = AtomicU32::new(1);

/// An id for a field and its label, once per page.
fn id() -> String {
    ["edit-", &NEXT.fetch_add(1, Ordering::Relaxed).to_string()].concat()
}

/// One line of text.
#[component]
pub(in crate::staff::pages) fn Input(
    /// What it is.
    label: String,
    /// What to write there.
    #[prop(optional)]
    help: String,
    /// What stands there.
    value: RwSignal<String>,
    /// `number` brings up digits.
    #[prop(default = "text")]
    mode: &'static str,
) -> impl IntoView {
    let id = id();
    let help_id = [id.as_str(), "-help"].concat();
    let has_help = !help.is_empty();
    let described = has_help.then(|| help_id.clone());
    view! {
        <div class="field">
            <label class="field__label" for=id.clone()>{label}</label>
            {has_help.then(|| view! { <p class="field__help" id=help_id>{help}</p> })}
            <input
                class="input" id=id inputmode=mode autocomplete="off" aria-describedby=described prop:value=value
                on:input=move |event| value.set(event_target_value(&event))
            />
        </div>
    }
}

/// One of several.
#[component]
pub(in crate::staff::pages) fn Choice<T>(
    /// What it is.
    label: String,
    /// What is chosen.
    value: RwSignal<T>,
    /// What there is to choose from, with words.
    options: Vec<(T, String)>,
) -> impl IntoView
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let id = id();
    let chosen = options.iter().position(|(option, _)| *option == value.get_untracked()).unwrap_or(0);
    let (values, words): (Vec<T>, Vec<String>) = options.into_iter().unzip();
    let choose = move |event: leptos::ev::Event| {
        let at = event_target_value(&event).parse::<usize>().ok();
        if let Some(option) = at.and_then(|at| values.get(at)) {
            value.set(option.clone());
        }
    };
    let options = words.into_iter().enumerate().map(|(at, words)| {
        view! { <option value=at.to_string() selected=at == chosen>{words}</option> }
    });
    view! {
        <div class="field">
            <label class="field__label" for=id.clone()>{label}</label>
            <select class="input" id=id on:change=choose>{options.collect_view()}</select>
        </div>
    }
}

/// Why something could not be saved, for what is no single field's fault.
pub(in crate::staff::pages) fn saving_failed(failure: &ApiFailure) -> String {
    match failure {
        ApiFailure::Refused(error) if error.code == ErrorCode::Stale => t("staff.stale"),
        ApiFailure::Refused(error) if error.code == ErrorCode::TooLarge => t("staff.import.too-large"),
        ApiFailure::Refused(error) if error.code == ErrorCode::UnsupportedMedia => {
            t("staff.import.not-a-sheet")
        }
        ApiFailure::Offline => t("common.error.offline"),
        ApiFailure::Busy(_) => t("common.error.busy"),
        ApiFailure::SignedOut => t("common.ended.heading"),
        ApiFailure::Refused(_) => t("common.error.refused"),
        ApiFailure::Unexpected(_) => t("common.error.unexpected"),
    }
}
