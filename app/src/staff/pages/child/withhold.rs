//! What is kept from a guardian of the child (OSL 12:3): what holds, what has ended, and deciding it.

use crate::api::{ApiFailure, client};
use crate::i18n::{date, t, t_with, timestamp_day};
use crate::staff::once::{Once, Trouble, why_not};
use crate::staff::reason::Reason;
use crate::state::{Remote, fetch_into};
use leptos::prelude::*;
use leptos::task::spawn_local;
use skolstart_shared::Date;
use skolstart_shared::api::{
    ErrorCode, GetWithholdings, NamedPerson, Nothing, PutWithholding, WithheldForm, WithholdingOut,
    WithholdingStep, WithholdingsOut,
};
use skolstart_shared::form::FormKey;
use skolstart_shared::id::{ChangeId, PersonId};

/// How steps are sent from the page. Copy it freely.
#[derive(Clone, Copy)]
struct Steps {
    child: PersonId,
    again: Callback<()>,
    once: Once<WithholdingStep, ChangeId>,
}

impl Steps {
    fn decide(self, step: WithholdingStep) {
        let Some(id) = self.once.id(&step) else { return };
        self.send(id, step);
    }

    fn send(self, id: ChangeId, step: WithholdingStep) {
        spawn_local(async move {
            let sent = client::call::<PutWithholding>(&(self.child, id), &step).await;
            self.once.heard(&sent, why);
            if sent.is_ok() {
                self.again.run(());
            }
        });
    }
}

fn why(failure: &ApiFailure) -> String {
    match failure {
        ApiFailure::Refused(error) if error.code == ErrorCode::Invalid => t("withhold.not-complete"),
        _ => why_not(failure, t("staff.handle.refused")),
    }
}

/// Shows nothing to those who neither lead nor handle. `again` asks for the child's page anew: whom something is kept from stands on it.
#[component]
pub(super) fn Withholdings(child: PersonId, again: Callback<()>) -> impl IntoView {
    let found = RwSignal::new(Remote::<WithholdingsOut>::Loading);
    fetch_into::<GetWithholdings>(found, child, Nothing {});
    let steps = Steps { child, again, once: Once::new() };
    move || {
        found.with(|found| found.ready().cloned()).map(|found| {
            let lines = found.withholdings.into_iter().map(|one| line(steps, one)).collect_view();
            let none = lines.is_empty().then(|| view! { <p class="soft">{t("withhold.none")}</p> });
            view! {
                <section class="card stack stack--tight">
                    <h2>{t("withhold.title")}</h2>
                    <p class="soft">{t("withhold.text")}</p>
                    {none}
                    <ul class="stack stack--tight">{lines}</ul>
                    <Decide steps guardians=found.guardians forms=found.forms/>
                    <Trouble said=steps.once.trouble/>
                </section>
            }
        })
    }
}

fn line(steps: Steps, one: WithholdingOut) -> impl IntoView {
    let what = match one.forms.is_empty() {
        true => t("withhold.everything"),
        false => one.forms.join(", "),
    };
    let decided = t_with("withhold.decided", &[("day", &timestamp_day(one.at)), ("name", &one.by)]);
    let until = one.until.map(|day| t_with("withhold.until", &[("day", &date(day))]));
    let over = match &one.ended {
        Some((at, by)) => Some(t_with("withhold.ended", &[("day", &timestamp_day(*at)), ("name", by)])),
        None => (!one.holds).then(|| t("withhold.over")),
    };
    let id = one.id;
    let end = one.holds.then(|| {
        let word = t_with("withhold.end-whose", &[("name", &one.guardian)]);
        view! {
            <button class="button button--secondary button--small no-print" type="button" aria-label=word
                on:click=move |_| steps.send(id, WithholdingStep::End)>
                {t("withhold.end")}
            </button>
        }
    });
    view! {
        <li class="stack stack--tight">
            <p><b>{one.guardian.clone()}</b>" · "{what}</p>
            <p>{one.reason.clone()}</p>
            <p class="soft">{decided}" "{until}" "{over}</p>
            {end}
        </li>
    }
}

/// What is filled in. Copy it freely.
#[derive(Clone, Copy)]
struct Form {
    guardian: RwSignal<String>,
    everything: RwSignal<bool>,
    forms: RwSignal<Vec<FormKey>>,
    until: RwSignal<String>,
    reason: RwSignal<String>,
}

impl Form {
    fn step(self) -> Option<WithholdingStep> {
        let guardian = self.guardian.get_untracked().parse().ok()?;
        let everything = self.everything.get_untracked();
        let forms = if everything { Vec::new() } else { self.forms.get_untracked() };
        let until = self.until.get_untracked();
        let until = if until.is_empty() { None } else { Some(Date::parse_iso(&until).ok()?) };
        let is_said = everything || !forms.is_empty();
        let reason = self.reason.get_untracked();
        is_said.then_some(WithholdingStep::Keep { guardian, forms, until, reason })
    }

    fn tick(self, form: &FormKey, ticked: bool) {
        self.forms.update(|forms| {
            forms.retain(|known| known != form);
            if ticked {
                forms.push(form.clone());
            }
        });
    }
}

#[component]
fn Decide(steps: Steps, guardians: Vec<NamedPerson>, forms: Vec<WithheldForm>) -> impl IntoView {
    let form = Form {
        guardian: RwSignal::new(String::new()),
        everything: RwSignal::new(true),
        forms: RwSignal::new(Vec::new()),
        until: RwSignal::new(String::new()),
        reason: RwSignal::new(String::new()),
    };
    let go = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        match form.step() {
            Some(step) => steps.decide(step),
            None => steps.once.trouble.set(t("withhold.not-complete")),
        }
    };
    let options = guardians
        .into_iter()
        .map(|one| view! { <option value=one.person.to_string()>{one.name}</option> })
        .collect_view();
    view! {
        <details class="fold no-print">
            <summary>{t("withhold.new")}</summary>
            <form class="stack stack--tight" on:submit=go>
                <div class="field">
                    <label class="field__label" for="withhold-guardian">{t("withhold.from")}</label>
                    <select class="input" id="withhold-guardian" required
                        on:change=move |event| form.guardian.set(event_target_value(&event))>
                        <option value="">{t("withhold.choose")}</option>
                        {options}
                    </select>
                </div>
                <What form forms/>
                <Reason id="withhold-reason" label=t("withhold.reason") help=t("withhold.reason-help") value=form.reason/>
                <div class="field">
                    <label class="field__label" for="withhold-until">{t("withhold.last-day")}</label>
                    <input class="input input--short" id="withhold-until" type="date"
                        prop:value=form.until on:input=move |event| form.until.set(event_target_value(&event))/>
                </div>
                <p><button class="button" type="submit">{t("withhold.decide")}</button></p>
            </form>
        </details>
    }
}

#[component]
fn What(form: Form, forms: Vec<WithheldForm>) -> impl IntoView {
    let choice = move |everything: bool, word: String, text: String| {
        view! {
            <label class="option">
                <input class="option__input" type="radio" name="withhold-what"
                    prop:checked=move || form.everything.get() == everything
                    on:change=move |_| form.everything.set(everything)/>
                <span class="option__text">{word}<small>{text}</small></span>
            </label>
        }
    };
    let boxes = forms
        .into_iter()
        .map(|one| {
            let key = one.form.clone();
            let tick = move |event| form.tick(&key, event_target_checked(&event));
            view! {
                <label class="pick"><input type="checkbox" on:change=tick/><span>{one.title}</span></label>
            }
        })
        .collect_view();
    view! {
        <fieldset class="field">
            <legend class="field__label">{t("withhold.what")}</legend>
            <div class="options">
                {choice(true, t("withhold.everything"), t("withhold.everything-text"))}
                {choice(false, t("withhold.some"), t("withhold.some-text"))}
            </div>
            <div class="options" hidden=move || form.everything.get()>{boxes}</div>
        </fieldset>
    }
}
