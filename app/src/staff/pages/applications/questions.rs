//! Asking about an application: it needs completion.

use super::sending::Sending;
use crate::i18n::{locale, t, t_with, timestamp_day};
use crate::staff::reason::Reason;
use leptos::prelude::*;
use skolstart_shared::api::{ApplicationStep, ReturnedOut};
use skolstart_shared::form::{Act, FieldKey};

#[component]
pub(super) fn Questions(sending: Sending, act: Act, returned: Option<ReturnedOut>) -> impl IntoView {
    let before = returned.as_ref().map(|asked| asked.questions.clone()).unwrap_or_default();
    let asked_fields: Vec<_> = act.fields.iter().filter(|field| field.kind.is_asked()).collect();
    let chosen = RwSignal::new(asked_fields.first().map(|field| field.key.0.clone()).unwrap_or_default());
    let text = RwSignal::new(String::new());
    let options = asked_fields.iter().map(|field| {
        view! { <option value=field.key.0.clone()>{field.label.get(locale()).to_owned()}</option> }
    });
    let options = options.collect_view();
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let mut questions = before.clone();
        questions.insert(FieldKey(chosen.get_untracked()), text.get_untracked());
        sending.send(ApplicationStep::Ask(questions));
    };
    let asked = returned.map(|asked| {
        let lines = asked.questions.into_iter().map(|(key, question)| {
            let label = act.field(&key).map(|field| field.label.get(locale()).to_owned()).unwrap_or_default();
            view! { <div><dt>{label}</dt><dd>{question}</dd></div> }
        });
        view! {
            <p class="small soft">{t_with("staff.handle.asked", &[("day", &timestamp_day(asked.at))])}</p>
            <dl class="facts">{lines.collect_view()}</dl>
            <p>
                <button class="button button--secondary button--small" type="button" on:click=move |_| sending.send(ApplicationStep::AskNoMore)>
                    {t("staff.handle.take-back")}
                </button>
            </p>
        }
    });
    view! {
        <section class="card">
            <h2>{t("staff.application.complete")}</h2>
            {asked}
            <details>
                <summary>{t("staff.handle.ask")}</summary>
                <form class="stack stack--tight" on:submit=send>
                    <div class="field">
                        <label class="field__label" for="ask-about">{t("staff.handle.about")}</label>
                        <select class="input" id="ask-about" on:change=move |event| chosen.set(event_target_value(&event))>{options}</select>
                    </div>
                    <Reason id="ask" label=t("staff.handle.question") help=t("staff.handle.question-help") value=text/>
                    <p><button class="button button--small" type="submit">{t("staff.handle.send")}</button></p>
                </form>
            </details>
        </section>
    }
}
