//! What must hold between answers, and what an answer sets in motion: listed in words and taken away; the rule that something
//! must be answered is made here too. The rest comes with a file and stays as it is.

use super::act::put;
use super::bench::Bench;
use super::inputs::{adder, several};
use super::words;
use crate::i18n::{locale, t, t_with};
use crate::ui::Icon;
use leptos::prelude::*;
use skolstart_shared::form::builder::Spot;
use skolstart_shared::form::{Act, FieldKey, FollowUp, Rule};

pub(super) fn rules(bench: Bench, spot: &Spot, act: &Act) -> AnyView {
    let rules = act.rules.iter().enumerate().map(|(at, rule)| {
        let own = spot.clone();
        let gone = move || {
            put(bench, &own, |act| drop(act.rules.remove(at)));
            bench.redraw();
        };
        view! { <li>{row(rule_words(act, rule), gone)}{one_of(bench, spot, act, at, rule)}</li> }
    });
    let follow_ups = act.follow_ups.iter().enumerate().map(|(at, follow_up)| {
        let own = spot.clone();
        let gone = move || {
            put(bench, &own, |act| drop(act.follow_ups.remove(at)));
            bench.redraw();
        };
        view! { <li>{row(follow_up_words(follow_up), gone)}</li> }
    });
    let own = spot.clone();
    let add = move || {
        put(bench, &own, |act| act.rules.push(Rule::AtLeastOneOf(Vec::new())));
        bench.redraw();
    };
    view! {
        <ul class="uses">{rules.collect_view()}{follow_ups.collect_view()}</ul>
        {adder(t("builder.rule.add"), add)}
    }
    .into_any()
}

fn row(name: String, gone: impl Fn() + 'static) -> AnyView {
    let label = t_with("builder.remove", &[("name", &name)]);
    view! {
        <p class="toolbar">
            <span>{name}</span>
            <button class="iconbutton" type="button" on:click=move |_| gone()><Icon name="trash"/><span class="visually-hidden">{label}</span></button>
        </p>
    }
    .into_any()
}

fn names(act: &Act, keys: &[FieldKey]) -> String {
    let name = |key: &FieldKey| {
        act.field(key).map_or_else(|| key.0.clone(), |field| field.label.get(locale()).to_owned())
    };
    keys.iter().map(name).collect::<Vec<_>>().join(", ")
}

fn rule_words(act: &Act, rule: &Rule) -> String {
    match rule {
        Rule::AtLeastOneOf(keys) => t_with("builder.rule.one-of", &[("names", &names(act, keys))]),
        Rule::DateOrder(first, then) => {
            let (first, then) =
                (names(act, std::slice::from_ref(first)), names(act, std::slice::from_ref(then)));
            t_with("builder.rule.order", &[("first", &first), ("then", &then)])
        }
        Rule::Total { fields, total, .. } => {
            t_with("builder.rule.total", &[("names", &names(act, fields)), ("total", &total.to_string())])
        }
        Rule::Distinct(rows, _) => {
            t_with("builder.rule.distinct", &[("name", &names(act, std::slice::from_ref(rows)))])
        }
        Rule::Must { says, .. } => t_with("builder.rule.must", &[("says", says.get(locale()))]),
    }
}

fn follow_up_words(follow_up: &FollowUp) -> String {
    let (who, days) = (words::function(follow_up.function), follow_up.days.to_string());
    let values = [("who", who.as_str()), ("todo", follow_up.todo.get(locale())), ("days", days.as_str())];
    t_with("builder.rule.follow-up", &values)
}

/// Which questions the rule is about.
fn one_of(bench: Bench, spot: &Spot, act: &Act, at: usize, rule: &Rule) -> AnyView {
    let Rule::AtLeastOneOf(chosen) = rule else { return ().into_any() };
    let asked = act.fields.iter().filter(|field| field.kind.is_asked());
    let options = asked.map(|field| (field.key.clone(), field.label.get(locale()).to_owned())).collect();
    let own = spot.clone();
    several(t("builder.rule.questions"), options, chosen.clone(), move |keys| {
        put(bench, &own, |act| {
            if let Some(Rule::AtLeastOneOf(of)) = act.rules.get_mut(at) {
                *of = keys;
            }
        });
    })
}
