//! What an answer sets in motion among staff, built by choosing: when, whose task it becomes, in how many days, and what is to be
//! done.

use super::act::put;
use super::bench::Bench;
use super::condition::condition;
use super::holder::Holder;
use super::inputs::{count, pair, pick_in, several, text_at};
use super::rules::{adding, options, row};
use super::words;
use crate::i18n::{locale, t, t_with};
use leptos::prelude::*;
use skolstart_shared::access::Function;
use skolstart_shared::form::builder::{Spot, TriggerSort, asked, purposes};
use skolstart_shared::form::{Act, FollowUp, FormDefinition, Trigger};

pub(super) fn follow_ups(bench: Bench, spot: &Spot, act: &Act) -> AnyView {
    let lines = act.follow_ups.iter().enumerate().map(|(at, follow_up)| {
        let own = spot.clone();
        let gone = move || {
            put(bench, &own, |act| drop(act.follow_ups.remove(at)));
            bench.redraw();
        };
        view! { <li class="stack stack--tight">{row(said(follow_up), gone)}{details(bench, spot, act, at, follow_up)}</li> }
    });
    let offered: Vec<(TriggerSort, String)> = TriggerSort::ALL
        .into_iter()
        .filter(|sort| sort.begin(act).is_some())
        .map(|sort| (sort, sort_words(sort)))
        .collect();
    let own = spot.clone();
    let add = move |sort: TriggerSort| {
        put(bench, &own, |act| {
            let follow_up = sort.follow_up(act);
            act.follow_ups.extend(follow_up);
        });
        bench.redraw();
    };
    view! {
        <p class="soft">{t("builder.follow-up.about")}</p>
        <ul class="uses">{lines.collect_view()}</ul>
        {adding(t("builder.follow-up.add"), t("builder.follow-up.when"), offered, add)}
    }
    .into_any()
}

fn sort_words(sort: TriggerSort) -> String {
    match sort {
        TriggerSort::Changed => t("builder.follow-up.changed"),
        TriggerSort::Answered => t("builder.follow-up.answered"),
        TriggerSort::Withdrawn => t("builder.follow-up.withdrawn"),
    }
}

fn said(follow_up: &FollowUp) -> String {
    let (who, days) = (words::function(follow_up.function), follow_up.days.to_string());
    let todo = match follow_up.todo.get(locale()) {
        "" => t("builder.no-words"),
        todo => todo.to_owned(),
    };
    t_with("builder.rule.follow-up", &[("who", &who), ("todo", &todo), ("days", &days)])
}

fn details(bench: Bench, spot: &Spot, act: &Act, at: usize, follow_up: &FollowUp) -> AnyView {
    let place = ["follow-up", &at.to_string()].concat();
    let [one, two, three] = [(); 3].map(|()| spot.clone());
    let functions = Function::ALL.map(|function| (function, words::function(function))).to_vec();
    let who = move |function| {
        change(bench, &one, at, |follow_up| follow_up.function = function);
        bench.redraw();
    };
    let in_days = move |days: Option<i64>| {
        let days = days.and_then(|days| u16::try_from(days).ok()).unwrap_or(7);
        change(bench, &two, at, |follow_up| follow_up.days = days);
    };
    let todo = text_at(move |form: &mut FormDefinition| {
        let act = three.act_in(form)?;
        act.follow_ups.get_mut(at).map(|follow_up| &mut follow_up.todo)
    });
    view! {
        {when(bench, spot, act, at, &follow_up.when)}
        <div class="threes">
            {pick_in(&place, t("builder.follow-up.who"), functions, &follow_up.function, who)}
            {count(t("builder.follow-up.days"), None, (0, 365), Some(follow_up.days.into()), false, in_days)}
        </div>
        {pair(bench, t("builder.follow-up.todo"), Some(t("builder.follow-up.todo-help")), false, todo)}
    }
    .into_any()
}

fn change(bench: Bench, spot: &Spot, at: usize, change: impl FnOnce(&mut FollowUp)) {
    put(bench, spot, |act| {
        if let Some(follow_up) = act.follow_ups.get_mut(at) {
            change(follow_up);
        }
    });
}

fn when(bench: Bench, spot: &Spot, act: &Act, at: usize, trigger: &Trigger) -> AnyView {
    let (place, own) = (["follow-up", &at.to_string()].concat(), spot.clone());
    match trigger {
        Trigger::Changed(chosen) => {
            let label = t("builder.follow-up.changed");
            several(label, options(asked(act)), chosen.clone(), move |keys| {
                change(bench, &own, at, |follow_up| follow_up.when = Trigger::Changed(keys));
            })
        }
        Trigger::Withdrawn(key) => {
            let label = t("builder.follow-up.withdrawn");
            pick_in(&place, label, options(purposes(act)), key, move |key| {
                change(bench, &own, at, |follow_up| follow_up.when = Trigger::Withdrawn(key));
            })
        }
        Trigger::Answered(_) => view! {
            <p class="field__label">{t("builder.follow-up.answered")}</p>
            {condition(bench, &Holder::FollowUp(spot.clone(), at))}
        }
        .into_any(),
    }
}
