//! An element of the municipality's own: made of the chosen question when the catalogue has none that fits, and described there until
//! it is published with the form.

use super::act_more::retentions;
use super::bench::{Bench, focus_later};
use super::inputs::{count, pair, pick, several, text_at, tick};
use crate::i18n::{t, t_with};
use crate::router::Link;
use crate::staff::audience::{Few, functions, functions_of};
use crate::staff::pages::elements::words;
use crate::staff::routes::Route;
use crate::ui::Icon;
use leptos::prelude::*;
use skolstart_shared::access::Function;
use skolstart_shared::fact::{Audience, Element, ElementKey, Merge, Sensitivity, Sharing};
use skolstart_shared::form::builder::{Spot, can_be_element};
use skolstart_shared::form::{Field, FormDefinition};

/// The longest that an answer can hold before it is asked again, in days.
const LONGEST: i64 = 3650;

/// What stands below the choice of a known element: how the chosen one is described, or the way to a new one.
pub(super) fn own_element(bench: Bench, spot: &Spot, field: &Field) -> AnyView {
    let can = bench.form.with_untracked(|form| can_be_element(form, spot));
    match &field.element {
        None if can => maker(bench, spot),
        None => ().into_any(),
        Some(key) if bench.elements_published().get(key).is_some() => described(bench, key),
        Some(key) => new_element(bench, key),
    }
}

fn maker(bench: Bench, spot: &Spot) -> AnyView {
    let spot = spot.clone();
    let make = move |_| {
        make_element(bench, &spot);
        bench.redraw();
        focus_later("new-element".to_owned());
    };
    view! {
        <div class="field">
            <p class="field__help" id="make-element-help">{t("builder.own.make-help")}</p>
            <p><button class="button button--secondary button--small" type="button" aria-describedby="make-element-help" on:click=make>
                <Icon name="plus"/>{t("builder.own.make")}
            </button></p>
        </div>
    }
    .into_any()
}

/// Makes an element of the question.
pub(super) fn make_element(bench: Bench, spot: &Spot) {
    let known = bench.elements_published();
    bench.edit(|form| {
        form.make_element(spot, &known);
    });
}

/// One that is in the catalogue: there it is changed, for every form that asks it.
fn described(bench: Bench, key: &ElementKey) -> AnyView {
    let catalogue = bench.elements_published();
    let Some(element) = catalogue.get(key) else { return ().into_any() };
    let said = [
        words::sensitivity(element.sensitivity),
        t_with("builder.own.holds", &[("time", &words::holds(element.holds_days))]),
        words::audience(&element.audience),
    ];
    let to = Route::Elements(Some(key.0.clone()));
    view! {
        <p class="soft small">{said.join(" · ")}" "<Link<Route> to=to>{t("builder.own.change-there")}</Link<Route>></p>
    }
    .into_any()
}

/// Changes what the form says about its element.
fn put(bench: Bench, key: &ElementKey, change: impl FnOnce(&mut Element)) {
    bench.edit(|form| {
        if let Some(element) = form.element_in(key) {
            change(element);
        }
    });
}

/// One that comes with this form.
fn new_element(bench: Bench, key: &ElementKey) -> AnyView {
    let found = bench.form.with_untracked(|form| form.elements.iter().find(|one| one.key == *key).cloned());
    let Some(element) = found else { return ().into_any() };
    let [own, one, two, three] = [(); 4].map(|()| key.clone());
    let name = text_at(move |form: &mut FormDefinition| form.element_in(&own).map(|one| &mut one.label));
    let holds = move |days: Option<i64>| {
        let days = days.and_then(|days| u16::try_from(days).ok());
        put(bench, &one, |element| element.holds_days = days);
    };
    let keep = move |class| put(bench, &two, |element| element.retention = class);
    let share = move |sharing| put(bench, &three, |element| element.sharing = sharing);
    let sharings = [Sharing::Guardians, Sharing::GiverOnly].map(|one| (one, words::sharing(one))).to_vec();
    let holds_help = Some(t("staff.element.holds-help"));
    let days = element.holds_days.map(i64::from);
    view! {
        <fieldset class="card card--flat stack stack--tight">
            <legend id="new-element" tabindex="-1"><b>{t("builder.own.heading")}</b></legend>
            <p class="soft small">{t("builder.own.about")}</p>
            {pair(bench, t("builder.own.name"), Some(t("builder.own.name-help")), false, name)}
            <div class="threes">
                {sensitivity(bench, &element)}
                {count(t("staff.element.holds-days"), holds_help, (1, LONGEST), days, true, holds)}
                {retentions(bench, &element.retention, keep)}
            </div>
            {audience(bench, &element)}
            <div class="threes">
                {pick(t("staff.element.sharing"), None, sharings, &element.sharing, share)}
                {merge(bench, &element)}
            </div>
        </fieldset>
    }
    .into_any()
}

fn sensitivity(bench: Bench, element: &Element) -> AnyView {
    let all = [Sensitivity::Personal, Sensitivity::Contact, Sensitivity::Health];
    let options = all.map(|one| (one, words::sensitivity(one))).to_vec();
    let key = element.key.clone();
    let choose = move |sensitivity| {
        put(bench, &key, |element| {
            element.sensitivity = sensitivity;
            if sensitivity == Sensitivity::Health {
                // Health is for few, and what one has told of it is not lost because another says something else.
                element.merge = Merge::Union;
                if element.audience.is_unit() {
                    element.audience = Audience::Principal;
                }
            }
        });
        bench.redraw();
    };
    pick(t("staff.element.sensitivity"), None, options, &element.sensitivity, choose)
}

fn merge(bench: Bench, element: &Element) -> AnyView {
    let options = [Merge::Latest, Merge::Union].map(|one| (one, words::merge(one))).to_vec();
    let key = element.key.clone();
    let choose = move |merge| put(bench, &key, |element| element.merge = merge);
    pick(t("staff.element.merge"), None, options, &element.merge, choose)
}

fn audience(bench: Bench, element: &Element) -> AnyView {
    let (own, other) = (element.key.clone(), element.key.clone());
    let choose = move |few: Few| {
        put(bench, &own, |element| element.audience = few.with(functions_of(&element.audience)));
        bench.redraw();
    };
    let now = Few::of(&element.audience);
    let tick =
        move |chosen: Vec<Function>| put(bench, &other, |element| element.audience = Audience::Only(chosen));
    let tasks = (now == Few::Only)
        .then(|| several(t("staff.element.only-tasks"), functions(), functions_of(&element.audience), tick));
    view! { {pick(t("staff.element.audience"), None, Few::options(), &now, choose)}{tasks} }.into_any()
}

/// Whether a question that is being added becomes an element at once.
pub(super) fn keep_tick(keeps: RwSignal<bool>) -> AnyView {
    tick(t("builder.own.tick"), Some(t("builder.own.make-help")), false, move |yes| keeps.set(yes))
}

/// The elements that the form brings, for whoever reviews it. Reactive.
pub(super) fn brought(bench: Bench) -> AnyView {
    let known = bench.elements();
    let new: Vec<Element> = bench.form.with(|form| {
        let elements = form.clone().tidied().elements;
        elements.into_iter().filter(|element| known.get(&element.key).is_none()).collect()
    });
    if new.is_empty() {
        return ().into_any();
    }
    let line = |element: &Element| {
        let said = [
            words::sensitivity(element.sensitivity),
            t_with("builder.own.holds", &[("time", &words::holds(element.holds_days))]),
            words::audience(&element.audience),
        ];
        let name = element.label.get(crate::i18n::locale()).to_owned();
        view! { <li><b>{name}</b><small>{said.join(" · ")}</small></li> }
    };
    view! {
        <section>
            <h3>{t("builder.own.brought")}</h3>
            <ul class="uses">{new.iter().map(line).collect_view()}</ul>
        </section>
    }
    .into_any()
}
