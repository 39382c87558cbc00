//! Which other forms an answer calls for, built by choosing: the form, when, and why.

use super::act::put;
use super::bench::Bench;
use super::condition::condition;
use super::holder::Holder;
use super::inputs::{pair, text_at};
use super::rules::{adding, row};
use crate::i18n::{locale, t, t_with};
use leptos::prelude::*;
use skolstart_shared::form::builder::{Spot, asked};
use skolstart_shared::form::{Act, Call, Condition, FormDefinition, FormKey, Texts};

pub(super) fn calls(bench: Bench, spot: &Spot, act: &Act) -> AnyView {
    let lines = act.calls.iter().enumerate().map(|(at, call)| {
        let own = spot.clone();
        let gone = move || {
            put(bench, &own, |act| drop(act.calls.remove(at)));
            bench.redraw();
        };
        view! { <li class="stack stack--tight">{row(title(bench, &call.form), gone)}{details(bench, spot, at)}</li> }
    });
    let own = bench.form.with_untracked(|form| form.key.clone());
    let fits = |other: &&skolstart_shared::form::check::Callable| {
        other.on_demand
            && other.form != own
            && other.about.contains(&act.subject)
            && act.calls.iter().all(|call| call.form != other.form)
    };
    // Where nothing is asked, nothing can be answered so.
    let forms: Vec<FormKey> = match asked(act).next() {
        Some(_) => bench.callable().iter().filter(fits).map(|other| other.form.clone()).collect(),
        None => Vec::new(),
    };
    let offered = forms.iter().map(|form| title(bench, form)).enumerate().collect();
    let own = spot.clone();
    let add = move |at: usize| {
        let Some(form) = forms.get(at).cloned() else { return };
        put(bench, &own, |act| {
            act.calls.push(Call { when: Condition::All(Vec::new()), form, why: Texts::default() });
        });
        bench.redraw();
    };
    view! {
        <p class="soft">{t("builder.call.about")}</p>
        <ul class="uses">{lines.collect_view()}</ul>
        {adding(t("builder.call.add"), t("builder.call.form"), offered, add)}
    }
    .into_any()
}

/// What the form is called; one that is not published by its key.
fn title(bench: Bench, form: &FormKey) -> String {
    let all = bench.callable();
    let known = all.iter().find(|other| other.form == *form);
    let title = known.map_or(form.as_str(), |other| other.title.get(locale()));
    t_with("builder.call.asked", &[("form", title)])
}

fn details(bench: Bench, spot: &Spot, at: usize) -> AnyView {
    let own = spot.clone();
    let why = text_at(move |form: &mut FormDefinition| {
        own.act_in(form)?.calls.get_mut(at).map(|call| &mut call.why)
    });
    view! {
        <p class="field__label">{t("builder.call.when")}</p>
        {condition(bench, &Holder::Call(spot.clone(), at))}
        {pair(bench, t("builder.call.why"), Some(t("builder.call.why-help")), false, why)}
    }
    .into_any()
}
