//! Holds: what is not erased although its time is over, why, and the setting and lifting of it.

use super::sending::Steps;
use crate::i18n::{t, t_with, timestamp_day};
use crate::staff::once::Trouble;
use crate::staff::reason::Reason;
use leptos::prelude::*;
use skolstart_shared::api::{HoldOn, HoldOut, HoldStep, HoldableRound};

/// The holds that stand, those that were lifted, and the form for a new one.
#[component]
pub(super) fn Holds(holds: Vec<HoldOut>, rounds: Vec<HoldableRound>, again: Callback<()>) -> impl IntoView {
    let lines = holds.into_iter().map(|hold| view! { <Line hold again/> }).collect_view();
    let none = lines.is_empty().then(|| view! { <p class="soft">{t("retention.no-holds")}</p> });
    view! {
        <section class="card">
            <h2>{t("retention.holds")}</h2>
            <p class="soft">{t("retention.holds-text")}</p>
            {none}
            <ul class="stack">{lines}</ul>
            <SetHold rounds again/>
        </section>
    }
}

fn since(hold: &HoldOut) -> String {
    let day = timestamp_day(hold.since);
    match hold.by.as_str() {
        "" => t_with("retention.since-operator", &[("day", &day)]),
        name => t_with("retention.since", &[("day", &day), ("name", name)]),
    }
}

#[component]
fn Line(hold: HoldOut, again: Callback<()>) -> impl IntoView {
    let what = match &hold.round {
        Some(round) => t_with("retention.held-round", &[("round", round)]),
        None => t("retention.held-child"),
    };
    let when = since(&hold);
    let lifted = hold.lifted.as_ref().map(|lifted| {
        let day = timestamp_day(lifted.at);
        view! { <p>{t_with("retention.lifted", &[("day", &day), ("reason", &lifted.reason)])}</p> }
    });
    let form = hold.lifted.is_none().then(|| view! { <Lift hold=hold.clone() again/> });
    view! { <li><p><b>{what}</b>" · "{hold.reason.clone()}</p><p class="soft">{when}</p>{lifted}{form}</li> }
}

#[component]
fn Lift(hold: HoldOut, again: Callback<()>) -> impl IntoView {
    let steps = Steps::new(again);
    let reason = RwSignal::new(String::new());
    let hold_id = hold.id;
    let go = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        steps.send(hold_id, HoldStep::Lift { reason: reason.get_untracked() });
    };
    let id = ["lift-", &hold.id.to_string()].concat();
    let label = t_with("retention.lift-why", &[("case", &hold.reason)]);
    view! {
        <details class="fold">
            <summary>{t("retention.lift")}</summary>
            <form class="stack stack--tight" on:submit=go>
                <Reason id label value=reason/>
                <p><button class="button button--secondary" type="submit">{t("retention.lift-now")}</button></p>
                <Trouble said=steps.once.trouble/>
            </form>
        </details>
    }
}

const CHILD: &str = "child";

#[component]
fn SetHold(rounds: Vec<HoldableRound>, again: Callback<()>) -> impl IntoView {
    let steps = Steps::new(again);
    let (on, number, reason) =
        (RwSignal::new(CHILD.to_owned()), RwSignal::new(String::new()), RwSignal::new(String::new()));
    let go = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let on = match on.get_untracked().parse() {
            Ok(round) => HoldOn::Round(round),
            Err(()) => HoldOn::Child(number.get_untracked()),
        };
        steps.set(HoldStep::Set { on, reason: reason.get_untracked() });
    };
    let options = rounds.into_iter().map(|one| {
        let title = t_with("retention.held-round", &[("round", &one.title)]);
        view! { <option value=one.round.to_string()>{title}</option> }
    });
    view! {
        <details class="fold">
            <summary>{t("retention.set")}</summary>
            <form class="stack stack--tight" on:submit=go>
                <div class="field">
                    <label class="field__label" for="hold-on">{t("retention.on")}</label>
                    <select class="input" id="hold-on" on:change=move |event| on.set(event_target_value(&event))>
                        <option value=CHILD>{t("retention.held-child")}</option>
                        {options.collect_view()}
                    </select>
                </div>
                <div class="field" hidden=move || on.get() != CHILD>
                    <label class="field__label" for="hold-number">{t("retention.number")}</label>
                    <p class="field__help" id="hold-number-help">{t("retention.number-help")}</p>
                    <input class="input" id="hold-number" autocomplete="off" inputmode="numeric" maxlength="20"
                        aria-describedby="hold-number-help" required=move || on.get() == CHILD
                        prop:value=number on:input=move |event| number.set(event_target_value(&event))/>
                </div>
                <Reason id="hold-reason" label=t("retention.why") value=reason/>
                <p><button class="button" type="submit">{t("retention.set-now")}</button></p>
                <Trouble said=steps.once.trouble/>
            </form>
        </details>
    }
}
