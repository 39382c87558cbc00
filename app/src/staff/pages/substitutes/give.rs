//! The form: who stands in, where, and from when to when.

use super::sending::Steps;
use crate::i18n::t;
use crate::staff::once::Trouble;
use crate::state::clock;
use leptos::prelude::*;
use skolstart_shared::Date;
use skolstart_shared::api::{MOST_SUBSTITUTE_DAYS, NamedPerson, SubstituteGroup, SubstituteStep};
use skolstart_shared::id::UnitId;

/// What is filled in. Copy it freely.
#[derive(Clone, Copy)]
struct Form {
    person: RwSignal<String>,
    group: RwSignal<String>,
    from: RwSignal<String>,
    to: RwSignal<String>,
}

impl Form {
    /// For today: who is ill says so in the morning.
    fn new(today: Date) -> Self {
        let (person, group) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
        Self { person, group, from: RwSignal::new(today.to_string()), to: RwSignal::new(today.to_string()) }
    }

    fn step(self) -> Option<SubstituteStep> {
        let day = |day: RwSignal<String>| Date::parse_iso(&day.get_untracked()).ok();
        Some(SubstituteStep::Give {
            person: self.person.get_untracked().parse().ok()?,
            group: self.group.get_untracked().parse().ok()?,
            from: day(self.from)?,
            to: day(self.to)?,
        })
    }
}

/// The form.
#[component]
pub(super) fn Give(
    unit: UnitId,
    groups: Vec<SubstituteGroup>,
    candidates: Vec<NamedPerson>,
    again: Callback<()>,
) -> impl IntoView {
    let today = clock::today();
    let (steps, form) = (Steps::new(unit, again), Form::new(today));
    let go = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if let Some(step) = form.step() {
            steps.give(step);
        }
    };
    let people = candidates.into_iter().map(|one| (one.person.to_string(), one.name)).collect();
    let groups: Vec<(String, String)> =
        groups.into_iter().map(|one| (one.group.to_string(), one.name)).collect();
    let last = move || {
        let from = Date::parse_iso(&form.from.get()).unwrap_or(today);
        from.add_days(MOST_SUBSTITUTE_DAYS - 1).to_string()
    };
    let from = move |event| {
        let day = event_target_value(&event);
        // A last day before the first one is never what is meant.
        form.to.update(|to| *to = day.clone().max(std::mem::take(to)));
        form.from.set(day);
    };
    view! {
        <section class="card stack stack--tight">
            <h2>{t("substitutes.give")}</h2>
            <form class="stack stack--tight" on:submit=go>
                {choice("substitute-person", t("substitutes.person"), t("substitutes.person-help"), people, form.person)}
                {choice("substitute-group", t("substitutes.group"), String::new(), groups, form.group)}
                <div class="field">
                    <label class="field__label" for="substitute-from">{t("substitutes.from")}</label>
                    <input class="input input--short" id="substitute-from" type="date" required min=today.to_string()
                        prop:value=move || form.from.get() on:input=from/>
                </div>
                <div class="field">
                    <label class="field__label" for="substitute-to">{t("substitutes.to")}</label>
                    <p class="field__help" id="substitute-to-help">{t("substitutes.to-help")}</p>
                    <input class="input input--short" id="substitute-to" type="date" required aria-describedby="substitute-to-help"
                        min=move || form.from.get() max=last
                        prop:value=move || form.to.get() on:input=move |event| form.to.set(event_target_value(&event))/>
                </div>
                <p><button class="button" type="submit">{t("substitutes.give-now")}</button></p>
                <Trouble said=steps.once.trouble/>
            </form>
        </section>
    }
}

/// One of several, by name.
fn choice(
    id: &'static str,
    label: String,
    help: String,
    options: Vec<(String, String)>,
    value: RwSignal<String>,
) -> impl IntoView {
    let options =
        options.into_iter().map(|(key, name)| view! { <option value=key>{name}</option> }).collect_view();
    let described = (!help.is_empty()).then(|| [id, "-help"].concat());
    let help = described.clone().map(|id| view! { <p class="field__help" id=id>{help}</p> });
    view! {
        <div class="field">
            <label class="field__label" for=id>{label}</label>
            {help}
            <select class="input" id=id required aria-describedby=described on:change=move |event| value.set(event_target_value(&event))>
                <option value="">{t("mandates.choose")}</option>
                {options}
            </select>
        </div>
    }
}
