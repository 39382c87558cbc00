//! Who decides an application when something holds, before the one who decides otherwise, and within how many days.

use super::act::put;
use super::bench::Bench;
use super::condition::condition;
use super::granting;
use super::holder::Holder;
use super::inputs::{adder, count, pick_in};
use super::rules::row;
use super::words;
use crate::i18n::{t, t_with};
use leptos::prelude::*;
use skolstart_shared::access::Function;
use skolstart_shared::form::builder::Spot;
use skolstart_shared::form::{Act, Decider, DecisionRule};

pub(super) fn change(bench: Bench, spot: &Spot, change: impl FnOnce(&mut DecisionRule)) {
    put(bench, spot, |act| {
        if let Some(rule) = &mut act.decision {
            change(rule);
        }
    });
}

pub(super) fn deciders(bench: Bench, spot: &Spot, act: &Act) -> AnyView {
    let Some(rule) = &act.decision else { return ().into_any() };
    // The last one decides when nobody before it does: she is chosen above.
    let before = rule.deciders.split_last().map_or(&[][..], |(_, before)| before);
    let lines = before.iter().enumerate().map(|(at, decider)| {
        let (one, two) = (spot.clone(), spot.clone());
        let gone = move || {
            change(bench, &one, |rule| drop(rule.deciders.remove(at)));
            bench.redraw();
        };
        let who = move |function| {
            change(bench, &two, |rule| {
                if let Some(decider) = rule.deciders.get_mut(at) {
                    decider.function = function;
                }
            });
            bench.redraw();
        };
        let functions = Function::ALL.map(|function| (function, words::function(function))).to_vec();
        let place = ["decider", &at.to_string()].concat();
        let said = t_with("builder.decider.said", &[("who", &words::function(decider.function))]);
        view! {
            <li class="stack stack--tight">
                {row(said, gone)}
                {pick_in(&place, t("builder.decision.decides"), functions, &decider.function, who)}
                <p class="field__label">{t("builder.decider.when")}</p>
                {condition(bench, &Holder::Decider(spot.clone(), at))}
            </li>
        }
    });
    let (own, other) = (spot.clone(), spot.clone());
    let add = move || {
        change(bench, &own, |rule| {
            let at = rule.deciders.len().saturating_sub(1);
            rule.deciders.insert(at, Decider { function: Function::Principal, condition: None });
        });
        bench.redraw();
    };
    let within = move |days: Option<i64>| {
        change(bench, &other, |rule| rule.days = days.and_then(|days| u16::try_from(days).ok()));
    };
    view! {
        <ul class="uses">{lines.collect_view()}</ul>
        {adder(t("builder.decider.add"), add)}
        {granting::granting(bench, spot, act)}
        {count(t("builder.decider.days"), Some(t("builder.decider.days-help")), (1, 365), rule.days.map(i64::from), true, within)}
    }
    .into_any()
}
