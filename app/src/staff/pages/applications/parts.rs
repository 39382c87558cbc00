//! Fields of a decision and of an opinion that no form names, and the letter that would follow.

use crate::i18n::{locale, t};
use crate::letter;
use crate::state::clock;
use leptos::prelude::*;
use skolstart_shared::access::Function;
use skolstart_shared::api::{ApplicationEvent, ApplicationOut, Letter, LetterLine};
use skolstart_shared::application::{ApplicationState, MOST_REASONS};
use skolstart_shared::form::{Answers, DecisionOutcome, FieldKey};

/// What can be decided.
#[component]
pub(super) fn Outcomes(
    outcome: RwSignal<Option<DecisionOutcome>>,
    outcomes: Vec<DecisionOutcome>,
) -> impl IntoView {
    let options = outcomes.into_iter().map(|one| {
        let (_, word) = letter::state(ApplicationState::of(one));
        view! {
            <label class="option">
                <input
                    class="option__input" type="radio" name="outcome" prop:checked=move || outcome.get() == Some(one)
                    on:change=move |_| outcome.set(Some(one))
                />
                <span class="option__text">{word}</span>
            </label>
        }
    });
    view! {
        <fieldset class="field">
            <legend class="field__label">{t("staff.application.outcome")}</legend>
            <div class="options">{options.collect_view()}</div>
        </fieldset>
    }
}

/// Several lines in the handler's own words.
#[component]
pub(super) fn Words(
    id: &'static str,
    label: String,
    help: String,
    text: RwSignal<String>,
    /// What is said then.
    fault: String,
    /// True when something must be written, or chosen above, and is not.
    missing: RwSignal<bool>,
) -> impl IntoView {
    let (help_id, fault_id) = ([id, "-help"].concat(), [id, "-fault"].concat());
    let described = [help_id.as_str(), " ", &fault_id].concat();
    view! {
        <div class="field">
            <label class="field__label" for=id>{label}</label>
            <p class="field__help" id=help_id>{help}</p>
            <textarea class="input" id=id rows="5" maxlength=MOST_REASONS.to_string() aria-describedby=described
                aria-invalid=move || missing.get().then_some("true")
                prop:value=move || text.get() on:input=move |event| text.set(event_target_value(&event))>
            </textarea>
            <p class="field__error" id=fault_id hidden=move || !missing.get()>{fault}</p>
        </div>
    }
}

/// The letter as it would be sent now.
pub(super) fn preview(
    application: &ApplicationOut,
    outcome: DecisionOutcome,
    reasons: String,
    fields: &Answers,
    by: Function,
) -> Option<Letter> {
    let rule = application.act.decision.as_ref()?;
    let line = |key: &FieldKey| {
        let field = rule.fields.iter().find(|field| field.key == *key)?;
        let value = fields.get(key)?.clone();
        Some(LetterLine { label: field.label.get(locale()).to_owned(), kind: field.kind.clone(), value })
    };
    let decided = |event: &skolstart_shared::api::ApplicationEventOut| {
        matches!(event.what, ApplicationEvent::Decided(_))
    };
    Some(Letter {
        outcome,
        reasons: reasons.trim().to_owned(),
        at: clock::now(),
        by,
        changed: application.events.iter().any(decided),
        lines: rule.told.iter().filter_map(line).collect(),
        law: rule.law.get(locale()).to_owned(),
        appeal: rule.appeal.as_ref().map(|appeal| appeal.get(locale()).to_owned()),
        sender: match by {
            Function::Officer => t("staff.application.municipality"),
            _ => application.line.unit.clone(),
        },
    })
}
