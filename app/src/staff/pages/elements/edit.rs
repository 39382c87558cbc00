//! Changing an element, with what follows said before it is saved.

use super::consequence::consequences;
use super::page::Desk;
use super::words;
use crate::api::{ApiFailure, client};
use crate::i18n::t;
use crate::staff::audience::{Few, functions, functions_of};
use crate::staff::pages::inventory::{Choice, Input, saving_failed};
use crate::state::{Remote, use_session};
use crate::ui::{Notice, NoticeKind, toast};
use leptos::prelude::*;
use leptos::task::spawn_local;
use skolstart_shared::Locale;
use skolstart_shared::access::Function;
use skolstart_shared::api::{ElementIn, ElementLine, PutElement};
use skolstart_shared::fact::{Element, Merge, Sensitivity, Sharing, Source};
use skolstart_shared::form::Texts;

/// What is typed and chosen.
#[derive(Clone, Copy)]
struct Typed {
    before: StoredValue<Element>,
    swedish: RwSignal<String>,
    english: RwSignal<String>,
    holds: RwSignal<String>,
    sensitivity: RwSignal<Sensitivity>,
    merge: RwSignal<Merge>,
    sharing: RwSignal<Sharing>,
    audience: RwSignal<Few>,
    functions: RwSignal<Vec<Function>>,
    trust: RwSignal<Vec<Source>>,
    retention: RwSignal<String>,
}

impl Typed {
    fn of(element: &Element, name: &str) -> Self {
        let label = |locale: Locale| {
            RwSignal::new(element.label.0.get(&locale).cloned().unwrap_or_else(|| name.to_owned()))
        };
        Self {
            before: StoredValue::new(element.clone()),
            swedish: label(Locale::Sv),
            english: label(Locale::En),
            holds: RwSignal::new(element.holds_days.map(|days| days.to_string()).unwrap_or_default()),
            sensitivity: RwSignal::new(element.sensitivity),
            merge: RwSignal::new(element.merge),
            sharing: RwSignal::new(element.sharing),
            audience: RwSignal::new(Few::of(&element.audience)),
            functions: RwSignal::new(functions_of(&element.audience)),
            trust: RwSignal::new(element.sources.clone()),
            retention: RwSignal::new(element.retention.clone()),
        }
    }

    /// The element as it stands in the fields. `None`: how long it holds is not a number.
    fn element(self) -> Option<Element> {
        let holds = self.holds.get();
        let days = match holds.trim() {
            "" => None,
            typed => Some(typed.parse().ok()?),
        };
        let mut label = self.before.with_value(|before| before.label.0.clone());
        label.insert(Locale::Sv, self.swedish.get().trim().to_owned());
        label.insert(Locale::En, self.english.get().trim().to_owned());
        Some(Element {
            label: Texts(label),
            holds_days: days,
            sensitivity: self.sensitivity.get(),
            merge: self.merge.get(),
            sharing: self.sharing.get(),
            audience: self.audience.get().with(self.functions.get()),
            sources: self.trust.get(),
            retention: self.retention.get().trim().to_owned(),
            ..self.before.get_value()
        })
    }
}

#[component]
pub(super) fn EditElement(desk: Desk, line: ElementLine, editing: RwSignal<bool>) -> impl IntoView {
    let typed = Typed::of(&line.element, &line.name);
    let wrong = RwSignal::new(Vec::<String>::new());
    let base = line.version;
    let session = use_session();
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some(element) = untrack(|| typed.element()) else {
            wrong.set(vec![t("staff.element.holds-wrong")]);
            return;
        };
        let key = element.key.clone();
        spawn_local(async move {
            match client::call::<PutElement>(&key, &ElementIn { base, element }).await {
                Ok(after) => {
                    desk.catalogue.update(|found| put(found, after));
                    toast(t("staff.saved"));
                }
                Err(ApiFailure::Refused(error)) if !error.violations.is_empty() => {
                    wrong.set(error.violations.iter().map(words::wrong).collect());
                }
                Err(failure) => {
                    session.heed(&failure);
                    wrong.set(vec![saving_failed(&failure)]);
                }
            }
        });
    };
    view! {
        <form class="panel__part stack" on:submit=save novalidate>
            <Fields typed/>
            <Then typed/>
            {move || (!wrong.with(Vec::is_empty)).then(|| view! {
                <Notice kind=NoticeKind::Error>
                    {wrong.get().into_iter().map(|words| view! { <p>{words}</p> }).collect_view()}
                </Notice>
            })}
            <div class="dialog__actions">
                <button class="button" type="submit">{t("staff.save")}</button>
                <button class="button button--quiet" type="button" on:click=move |_| editing.set(false)>{t("staff.cancel")}</button>
            </div>
        </form>
    }
}

/// Puts the changed element where the old one stands; the panel is drawn anew from it.
fn put(found: &mut Remote<skolstart_shared::api::CatalogueOut>, after: ElementLine) {
    if let Remote::Ready(catalogue) = found
        && let Some(line) = catalogue.elements.iter_mut().find(|line| line.element.key == after.element.key)
    {
        *line = after;
    }
}

#[component]
fn Fields(typed: Typed) -> impl IntoView {
    let sensitivities = [Sensitivity::Personal, Sensitivity::Contact, Sensitivity::Health];
    view! {
        <Input label=t("staff.element.label-sv") value=typed.swedish/>
        <Input label=t("staff.element.label-en") value=typed.english/>
        <Input label=t("staff.element.holds-days") help=t("staff.element.holds-help") value=typed.holds/>
        <Choice
            label=t("staff.element.audience") value=typed.audience
            options=Few::options()
        />
        {move || (typed.audience.get() == Few::Only).then(|| ticks(typed.functions))}
        <Choice
            label=t("staff.element.sharing") value=typed.sharing
            options=[Sharing::Guardians, Sharing::GiverOnly].map(|one| (one, words::sharing(one))).to_vec()
        />
        <Choice
            label=t("staff.element.merge") value=typed.merge
            options=[Merge::Latest, Merge::Union].map(|one| (one, words::merge(one))).to_vec()
        />
        <Choice
            label=t("staff.element.sensitivity") value=typed.sensitivity
            options=sensitivities.map(|one| (one, words::sensitivity(one))).to_vec()
        />
        <Choice label=t("staff.element.trust") value=typed.trust options=orders(&untrack(|| typed.trust.get()))/>
        <Input label=t("staff.element.retention") help=t("staff.element.retention-help") value=typed.retention/>
    }
}

/// The tasks that an element is for.
fn ticks(chosen: RwSignal<Vec<Function>>) -> impl IntoView {
    let one = |(function, words): (Function, String)| {
        let choose = move |event: leptos::ev::Event| {
            let yes = event_target_checked(&event);
            chosen.update(|chosen| {
                chosen.retain(|other| *other != function);
                if yes {
                    chosen.push(function);
                }
                chosen.sort_unstable();
            });
        };
        let is_chosen = move || chosen.with(|chosen| chosen.contains(&function));
        view! {
            <label class="option option--plain">
                <input class="option__input" type="checkbox" prop:checked=is_chosen on:change=choose/>
                <span class="option__text">{words}</span>
            </label>
        }
    };
    let all = functions().into_iter().map(one).collect_view();
    view! {
        <fieldset class="field">
            <legend class="field__label">{t("staff.element.only-tasks")}</legend>
            <div class="options">{all}</div>
        </fieldset>
    }
}

/// The orders of trust that there are: every order of every choice of sources, the present one among them.
fn orders(now: &[Source]) -> Vec<(Vec<Source>, String)> {
    let all = [Source::Guardian, Source::Register, Source::Staff];
    let mut orders = vec![now.to_vec()];
    for first in all {
        orders.push(vec![first]);
        for second in all.into_iter().filter(|second| *second != first) {
            orders.push(vec![first, second]);
            let third = all.into_iter().filter(|third| *third != first && *third != second);
            orders.extend(third.map(|third| vec![first, second, third]));
        }
    }
    let mut kept: Vec<(Vec<Source>, String)> = Vec::new();
    for order in orders {
        if kept.iter().all(|(other, _)| *other != order) {
            let words = order.iter().map(|source| words::source(*source)).collect::<Vec<_>>().join(", ");
            kept.push((order, words));
        }
    }
    kept
}

/// What follows when it is saved.
#[component]
fn Then(typed: Typed) -> impl IntoView {
    let told = Memo::new(move |_| {
        let after = typed.element()?;
        Some(typed.before.with_value(|before| consequences(before, &after)))
    });
    move || {
        let told = told.get().unwrap_or_default();
        (!told.is_empty()).then(|| {
            let lines = told.into_iter().map(|one| view! { <li>{words::consequence(one)}</li> });
            view! {
                <section class="then" aria-live="polite">
                    <h3>{t("staff.element.then")}</h3>
                    <ul>{lines.collect_view()}</ul>
                </section>
            }
        })
    }
}
