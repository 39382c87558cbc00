//! What a decision brings: what of the handler's part the letter tells, what becomes known when something is granted, and which
//! numbers add up what was granted before.

use super::bench::Bench;
use super::deciders::change;
use super::inputs::{adder, pick_in, several};
use super::rules::{options, row};
use crate::i18n::{locale, t, t_with};
use leptos::prelude::*;
use skolstart_shared::fact::ElementKey;
use skolstart_shared::form::builder::Spot;
use skolstart_shared::form::{Act, Carry, DecisionRule, Field, FieldKey, FieldKind, Grant, Period};

pub(super) fn granting(bench: Bench, spot: &Spot, act: &Act) -> AnyView {
    let Some(rule) = &act.decision else { return ().into_any() };
    let own = spot.clone();
    let tell = move |keys| change(bench, &own, |rule| rule.told = keys);
    let told = (!rule.fields.is_empty())
        .then(|| several(t("builder.granting.told"), options(&rule.fields), rule.told.clone(), tell));
    view! { {told}{grants(bench, spot, act, rule)}{carries(bench, spot, act, rule)} }.into_any()
}

/// The elements that a granted application can give a value, by name.
fn elements(bench: Bench, act: &Act) -> Vec<(ElementKey, String)> {
    let catalogue = bench.elements_now();
    let of_subject = catalogue.iter().filter(|element| element.subject == act.subject);
    let mut all: Vec<(ElementKey, String)> = of_subject
        .map(|element| (element.key.clone(), element.label.get(locale()).to_owned()))
        .map(|(key, label)| if label.is_empty() { (key.clone(), key.0) } else { (key, label) })
        .collect();
    all.sort_by_key(|(_, name)| name.to_lowercase());
    all
}

fn grants(bench: Bench, spot: &Spot, act: &Act, rule: &DecisionRule) -> AnyView {
    let known = elements(bench, act);
    let Some(first) = known.first().map(|(key, _)| key.clone()) else { return ().into_any() };
    let answers = options(act.fields.iter().chain(&rule.fields).filter(|field| field.kind.is_asked()));
    let lines = rule.grants.iter().enumerate().map(|(at, grant)| {
        let place = ["grant", &at.to_string()].concat();
        let [one, two, three] = [(); 3].map(|()| spot.clone());
        let gone = move || {
            change(bench, &one, |rule| drop(rule.grants.remove(at)));
            bench.redraw();
        };
        let set_element = move |element| {
            change(bench, &two, |rule| {
                if let Some(grant) = rule.grants.get_mut(at) {
                    grant.element = element;
                }
            });
            bench.redraw();
        };
        let set_from = move |from: Option<FieldKey>| {
            change(bench, &three, |rule| {
                if let Some(grant) = rule.grants.get_mut(at) {
                    // A value of its own comes with a file; an answer takes its place.
                    grant.value = grant.value.take().filter(|_| from.is_none());
                    grant.from = from;
                }
            });
        };
        let name = known.iter().find(|(key, _)| *key == grant.element);
        let name = name.map_or_else(|| grant.element.0.clone(), |(_, name)| name.clone());
        let mut from: Vec<(Option<FieldKey>, String)> =
            answers.iter().map(|(key, name)| (Some(key.clone()), name.clone())).collect();
        if grant.from.is_none() {
            from.insert(0, (None, t("builder.granting.fixed")));
        }
        view! {
            <li class="stack stack--tight">
                {row(t_with("builder.granting.said", &[("name", &name)]), gone)}
                <div class="threes">
                    {pick_in(&place, t("builder.granting.element"), known.clone(), &grant.element, set_element)}
                    {pick_in(&place, t("builder.granting.from"), from, &grant.from, set_from)}
                </div>
            </li>
        }
    });
    let own = spot.clone();
    let from = answers.first().map(|(key, _)| key.clone());
    let add = move || {
        let grant = Grant { element: first.clone(), from: from.clone(), value: None };
        change(bench, &own, |rule| rule.grants.push(grant));
        bench.redraw();
    };
    let lines = lines.collect_view();
    view! { <ul class="uses">{lines}</ul>{adder(t("builder.granting.add"), add)} }.into_any()
}

fn is_number(field: &&Field) -> bool {
    matches!(field.kind, FieldKind::Number { .. } | FieldKind::Calculated { .. })
}

/// Days that were granted earlier in the school year, and the like.
fn carries(bench: Bench, spot: &Spot, act: &Act, rule: &DecisionRule) -> AnyView {
    let own_numbers = options(rule.fields.iter().filter(is_number));
    let Some(first) = own_numbers.first().map(|(key, _)| key.clone()) else { return ().into_any() };
    let numbers = options(act.fields.iter().chain(&rule.fields).filter(is_number));
    let periods = vec![
        (Period::SchoolYear, t("builder.granting.school-year")),
        (Period::Ever, t("builder.granting.ever")),
    ];
    let lines = rule.carries.iter().enumerate().map(|(at, carry)| {
        let place = ["carry", &at.to_string()].concat();
        let [one, two, three, four] = [(); 4].map(|()| spot.clone());
        let put = move |spot: &Spot, put: &dyn Fn(&mut Carry)| {
            change(bench, spot, |rule| {
                if let Some(carry) = rule.carries.get_mut(at) {
                    put(carry);
                }
            });
        };
        let gone = move || {
            change(bench, &one, |rule| drop(rule.carries.remove(at)));
            bench.redraw();
        };
        let name = own_numbers.iter().find(|(key, _)| *key == carry.field);
        let name = name.map_or_else(|| carry.field.0.clone(), |(_, name)| name.clone());
        let set_field = move |key: FieldKey| {
            put(&two, &|carry| carry.field = key.clone());
            bench.redraw();
        };
        let set_sum = move |keys: Vec<FieldKey>| put(&three, &|carry| carry.sum = keys.clone());
        let set_within = move |within: Period| put(&four, &|carry| carry.within = within);
        view! {
            <li class="stack stack--tight">
                {row(t_with("builder.granting.carries", &[("name", &name)]), gone)}
                <div class="threes">
                    {pick_in(&place, t("builder.granting.into"), own_numbers.clone(), &carry.field, set_field)}
                    {pick_in(&place, t("builder.granting.within"), periods.clone(), &carry.within, set_within)}
                </div>
                {several(t("builder.granting.sum"), numbers.clone(), carry.sum.clone(), set_sum)}
            </li>
        }
    });
    let own = spot.clone();
    let add = move || {
        let carry = Carry { field: first.clone(), sum: Vec::new(), within: Period::SchoolYear };
        change(bench, &own, |rule| rule.carries.push(carry));
        bench.redraw();
    };
    let lines = lines.collect_view();
    view! { <ul class="uses">{lines}</ul>{adder(t("builder.granting.add-carry"), add)} }.into_any()
}
