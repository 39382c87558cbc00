//! What staff do to a task from the page of a child: ask about an answer, take the question back, exempt the child, ask
//! after all. Sends the change and has the page asked for anew. Decides nothing.

use super::take_down::TakeDown;
use crate::api::client;
use crate::i18n::{t, t_with, timestamp_day};
use crate::staff::once::{Once, why_not};
use crate::staff::reason::Reason;
use leptos::prelude::*;
use leptos::task::spawn_local;
use skolstart_shared::api::{
    ActName, ExemptOut, PutTaskChange, ReturnedOut, StaffSection, TaskChange, TaskChangeIn,
};
use skolstart_shared::form::FieldKey;
use skolstart_shared::id::{ChangeId, PersonId, RoundId};

/// How changes are sent from one page. Copy it freely.
#[derive(Clone, Copy)]
pub(in crate::staff::pages) struct Handling {
    pub(super) child: PersonId,
    pub(super) round: RoundId,
    /// Asks for the page anew.
    pub(super) again: Callback<()>,
    pub(super) once: Once<TaskChangeIn, ChangeId>,
}

impl Handling {
    pub(super) fn new(child: PersonId, round: RoundId, again: Callback<()>) -> Self {
        Self { child, round, again, once: Once::new() }
    }

    pub(super) fn send(self, act: Option<ActName>, change: TaskChange) {
        let input = TaskChangeIn { round: self.round, act, change };
        let Some(id) = self.once.id(&input) else { return };
        spawn_local(async move {
            let sent = client::call::<PutTaskChange>(&(self.child, id), &input).await;
            self.once.heard(&sent, |failure| why_not(failure, t("staff.handle.refused")));
            if sent.is_ok() {
                self.again.run(());
            }
        });
    }
}

/// What can be done about one act.
#[component]
pub(super) fn HandleAct(handling: Handling, section: StaffSection) -> impl IntoView {
    let name = ActName { form: section.column.form.clone(), act: section.column.act.clone() };
    let id = [name.form.as_str(), "-", name.act.as_str()].concat();
    let (title, act) = (section.column.title.clone(), section.column.act.clone());
    let asked = section.returned.clone().map(|asked| {
        view! { <Asked handling name=name.clone() asked labels=section.askable.clone()/> }
    });
    let can_ask = !section.askable.is_empty();
    let ask = can_ask.then(|| {
        let before = section.returned.map(|asked| asked.questions).unwrap_or_default();
        view! { <Ask handling name=name.clone() id=id.clone() fields=section.askable before/> }
    });
    let unanswered = section.facts.iter().all(|fact| fact.confirmed.is_none());
    let exempt = match section.exempt {
        Some(exempt) => view! { <Exempted handling act=Some(name) exempt/> }.into_any(),
        None if unanswered => view! { <Exempt handling act=Some(name) id=id.clone() title/> }.into_any(),
        None => ().into_any(),
    };
    let take_down = section.answerable.filter(|answerable| !answerable.people.is_empty()).map(|answerable| {
        view! { <TakeDown handling act=act.clone() id=id.clone() answerable/> }
    });
    view! { <div class="stack stack--tight handle">{asked}{ask}{take_down}{exempt}</div> }
}

/// What has been asked and waits for an answer.
#[component]
fn Asked(
    handling: Handling,
    name: ActName,
    asked: ReturnedOut,
    labels: Vec<(FieldKey, String)>,
) -> impl IntoView {
    let lines = asked.questions.into_iter().map(|(field, question)| {
        let label = labels.iter().find(|(key, _)| *key == field).map(|(_, label)| label.clone());
        view! { <div><dt>{label.unwrap_or_default()}</dt><dd>{question}</dd></div> }
    });
    let lines = lines.collect_view();
    let take_back = move |_| handling.send(Some(name.clone()), TaskChange::CancelReturn);
    view! {
        <p class="small soft">{t_with("staff.handle.asked", &[("day", &timestamp_day(asked.at))])}</p>
        <dl class="facts">{lines}</dl>
        <p>
            <button class="button button--secondary button--small" type="button" on:click=take_back>
                {t("staff.handle.take-back")}
            </button>
        </p>
    }
}

/// Asks about one question of the act. What was asked before stays asked.
#[component]
fn Ask(
    handling: Handling,
    name: ActName,
    id: String,
    fields: Vec<(FieldKey, String)>,
    before: skolstart_shared::Map<FieldKey, String>,
) -> impl IntoView {
    let (field_id, text_id) = (["ask-about-", &id].concat(), ["ask-", &id].concat());
    let chosen = RwSignal::new(fields.first().map(|(key, _)| key.0.clone()).unwrap_or_default());
    let text = RwSignal::new(String::new());
    let options =
        fields.into_iter().map(|(key, label)| view! { <option value=key.0>{label}</option> }).collect_view();
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let mut questions = before.clone();
        questions.insert(FieldKey(chosen.get_untracked()), text.get_untracked());
        handling.send(Some(name.clone()), TaskChange::Return(questions));
    };
    view! {
        <details>
            <summary>{t("staff.handle.ask")}</summary>
            <form class="stack stack--tight" on:submit=send>
                <div class="field">
                    <label class="field__label" for=field_id.clone()>{t("staff.handle.about")}</label>
                    <select class="input" id=field_id on:change=move |event| chosen.set(event_target_value(&event))>
                        {options}
                    </select>
                </div>
                <Reason id=text_id label=t("staff.handle.question") help=t("staff.handle.question-help") value=text/>
                <p><button class="button button--small" type="submit">{t("staff.handle.send")}</button></p>
            </form>
        </details>
    }
}

/// Exempts the child from an act, or with `None` from all of the round.
#[component]
pub(super) fn Exempt(handling: Handling, act: Option<ActName>, id: String, title: String) -> impl IntoView {
    let text = RwSignal::new(String::new());
    let text_id = ["exempt-", &id].concat();
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        handling.send(act.clone(), TaskChange::Exempt(text.get_untracked()));
    };
    view! {
        <details>
            <summary>{t_with("staff.handle.exempt", &[("act", &title)])}</summary>
            <form class="stack stack--tight" on:submit=send>
                <Reason id=text_id label=t("staff.handle.reason") help=t("staff.handle.reason-help") value=text/>
                <p><button class="button button--small" type="submit">{t("staff.handle.exempt-now")}</button></p>
            </form>
        </details>
    }
}

/// That a child is exempt, by whom and why, and the way back.
#[component]
pub(super) fn Exempted(handling: Handling, act: Option<ActName>, exempt: ExemptOut) -> impl IntoView {
    let day = timestamp_day(exempt.at);
    let said = match exempt.by {
        Some(by) => t_with("staff.handle.exempted-by", &[("name", &by), ("day", &day)]),
        None => t_with("staff.handle.exempted", &[("day", &day)]),
    };
    let undo = move |_| handling.send(act.clone(), TaskChange::EndExempt);
    view! {
        <p class="small">{said}</p>
        <p class="soft">{exempt.reason}</p>
        <p>
            <button class="button button--secondary button--small" type="button" on:click=undo>
                {t("staff.handle.exempt-undo")}
            </button>
        </p>
    }
}
