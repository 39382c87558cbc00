//! The form for giving a role: which, to whom, where, for how long, and why.

use super::sending::Steps;
use super::title;
use crate::i18n::{t, t_count};
use crate::staff::once::Trouble;
use crate::staff::reason::Reason;
use leptos::prelude::*;
use skolstart_shared::api::{MandateKind, MandateStep, MandateUnit, NamedPerson};

/// What is filled in. Copy it freely.
#[derive(Clone, Copy)]
struct Form {
    kind: RwSignal<MandateKind>,
    person: RwSignal<String>,
    unit: RwSignal<String>,
    hours: RwSignal<u32>,
    reason: RwSignal<String>,
}

impl Form {
    fn new() -> Self {
        let kind = MandateKind::Support;
        Self {
            kind: RwSignal::new(kind),
            person: RwSignal::new(String::new()),
            unit: RwSignal::new(String::new()),
            hours: RwSignal::new(kind.hours()[0]),
            reason: RwSignal::new(String::new()),
        }
    }

    fn choose(self, kind: MandateKind) {
        self.hours.set(kind.hours()[0]);
        self.kind.set(kind);
    }

    fn step(self) -> Option<MandateStep> {
        let kind = self.kind.get_untracked();
        let unit = self.unit.get_untracked().parse().ok().filter(|_| kind.is_at_a_unit());
        let (hours, reason) = (self.hours.get_untracked(), self.reason.get_untracked());
        Some(MandateStep::Give {
            person: self.person.get_untracked().parse().ok()?,
            kind,
            unit,
            hours,
            reason,
        })
    }
}

/// The form.
#[component]
pub(super) fn Give(
    candidates: Vec<NamedPerson>,
    units: Vec<MandateUnit>,
    again: Callback<()>,
) -> impl IntoView {
    let (steps, form) = (Steps::new(again), Form::new());
    let go = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if let Some(step) = form.step() {
            steps.give(step);
        }
    };
    let body = if candidates.is_empty() {
        view! { <p>{t("mandates.nobody")}</p> }.into_any()
    } else {
        view! {
            <form class="stack stack--tight" on:submit=go>
                <Kinds form/>
                <Whom form candidates/>
                <Where form units/>
                <HowLong form/>
                <Reason id="mandate-reason" label=t("mandates.reason") help=t("mandates.reason-help") value=form.reason/>
                <p><button class="button" type="submit">{t("mandates.give-now")}</button></p>
                <Trouble said=steps.once.trouble/>
            </form>
        }
        .into_any()
    };
    view! { <section class="card stack stack--tight"><h2>{t("mandates.give")}</h2>{body}</section> }
}

#[component]
fn Kinds(form: Form) -> impl IntoView {
    let options = [MandateKind::Support, MandateKind::Auditor, MandateKind::ProgrammeOffice].map(|kind| {
        let about = match kind {
            MandateKind::ProgrammeOffice => t("mandates.programme-office-text"),
            MandateKind::Auditor => t("mandates.auditor-text"),
            MandateKind::Support => t("mandates.support-text"),
        };
        view! {
            <label class="option">
                <input class="option__input" type="radio" name="mandate-kind" value=kind.as_str()
                    prop:checked=move || form.kind.get() == kind on:change=move |_| form.choose(kind)/>
                <span class="option__text">{title(kind)}<small>{about}</small></span>
            </label>
        }
    });
    view! {
        <fieldset class="field">
            <legend class="field__label">{t("mandates.which")}</legend>
            <div class="options">{options.collect_view()}</div>
        </fieldset>
    }
}

#[component]
fn Whom(form: Form, candidates: Vec<NamedPerson>) -> impl IntoView {
    let options = candidates
        .into_iter()
        .map(|one| view! { <option value=one.person.to_string()>{one.name}</option> })
        .collect_view();
    view! {
        <div class="field">
            <label class="field__label" for="mandate-person">{t("mandates.person")}</label>
            <p class="field__help" id="mandate-person-help">{t("mandates.person-help")}</p>
            <select class="input" id="mandate-person" required aria-describedby="mandate-person-help"
                on:change=move |event| form.person.set(event_target_value(&event))>
                <option value="">{t("mandates.choose")}</option>
                {options}
            </select>
        </div>
    }
}

#[component]
fn Where(form: Form, units: Vec<MandateUnit>) -> impl IntoView {
    let options = units
        .into_iter()
        .map(|one| view! { <option value=one.unit.to_string()>{one.name}</option> })
        .collect_view();
    view! {
        <div class="field" hidden=move || !form.kind.get().is_at_a_unit()>
            <label class="field__label" for="mandate-unit">{t("mandates.where")}</label>
            <select class="input" id="mandate-unit" on:change=move |event| form.unit.set(event_target_value(&event))>
                <option value="">{t("mandates.whole")}</option>
                {options}
            </select>
        </div>
    }
}

#[component]
fn HowLong(form: Form) -> impl IntoView {
    let options = move || {
        let option = |hours: &u32| {
            let hours = *hours;
            let chosen = move || form.hours.get() == hours;
            view! { <option value=hours.to_string() prop:selected=chosen>{length(hours)}</option> }
        };
        form.kind.get().hours().iter().map(option).collect_view()
    };
    let choose = move |event| {
        if let Ok(hours) = event_target_value(&event).parse() {
            form.hours.set(hours);
        }
    };
    view! {
        <div class="field">
            <label class="field__label" for="mandate-hours">{t("mandates.hours")}</label>
            <select class="input input--short" id="mandate-hours" on:change=choose>{options}</select>
        </div>
    }
}

/// "4 timmar", "3 dygn".
fn length(hours: u32) -> String {
    if hours < 48 {
        t_count("mandates.length-hours", hours.into(), &[])
    } else {
        t_count("mandates.length-days", u64::from(hours / 24), &[])
    }
}
