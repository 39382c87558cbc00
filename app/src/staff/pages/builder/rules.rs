//! What must hold between answers, built by choosing: which sort of rule, and what it is about.

use super::act::put;
use super::bench::Bench;
use super::condition::condition;
use super::holder::Holder;
use super::inputs::{count, pair, pick, pick_in, several, text_at};
use crate::i18n::{locale, t, t_with};
use crate::ui::Icon;
use leptos::prelude::*;
use skolstart_shared::form::builder::{
    Column, RuleSort, Spot, asked, columns, dates, is_amount, number_columns, numbers,
};
use skolstart_shared::form::{Act, Field, FieldKey, FormDefinition, Rule};

/// Far beyond any sum.
const FAR: i64 = 1_000_000_000;

pub(super) fn rules(bench: Bench, spot: &Spot, act: &Act) -> AnyView {
    let rules = act.rules.iter().enumerate().map(|(at, rule)| {
        let own = spot.clone();
        let gone = move || {
            put(bench, &own, |act| drop(act.rules.remove(at)));
            bench.redraw();
        };
        view! { <li class="stack stack--tight">{row(said(act, rule), gone)}{details(bench, spot, act, at, rule)}</li> }
    });
    let offered: Vec<(RuleSort, String)> = RuleSort::ALL
        .into_iter()
        .filter(|sort| sort.begin(act).is_some())
        .map(|sort| (sort, sort_words(sort)))
        .collect();
    let own = spot.clone();
    let add = move |sort: RuleSort| {
        put(bench, &own, |act| {
            let rule = sort.begin(act);
            act.rules.extend(rule);
        });
        bench.redraw();
    };
    view! {
        <p class="soft">{t("builder.rule.about")}</p>
        <ul class="uses">{rules.collect_view()}</ul>
        {adding(t("builder.rule.add"), t("builder.rule.sort"), offered, add)}
    }
    .into_any()
}

/// A choice of sorts and a button that begins one. Nothing where there is nothing to begin.
pub(super) fn adding<T>(
    button: String,
    label: String,
    offered: Vec<(T, String)>,
    add: impl Fn(T) + 'static,
) -> AnyView
where
    T: Copy + PartialEq + Send + Sync + 'static,
{
    let Some(first) = offered.first().map(|(sort, _)| *sort) else {
        return view! { <p class="soft">{t("builder.rule.nothing")}</p> }.into_any();
    };
    let chosen = RwSignal::new(first);
    view! {
        <div class="when__line">
            {pick(label, None, offered, &first, move |sort| chosen.set(sort))}
            <button class="button button--secondary button--small" type="button" on:click=move |_| add(chosen.get_untracked())>
                <Icon name="plus"/>{button}
            </button>
        </div>
    }
    .into_any()
}

/// What something says, and a button that takes it away.
pub(super) fn row(name: String, gone: impl Fn() + 'static) -> AnyView {
    let label = t_with("builder.remove", &[("name", &name)]);
    view! {
        <p class="toolbar">
            <b>{name}</b>
            <button class="iconbutton" type="button" on:click=move |_| gone()><Icon name="trash"/><span class="visually-hidden">{label}</span></button>
        </p>
    }
    .into_any()
}

fn sort_words(sort: RuleSort) -> String {
    match sort {
        RuleSort::OneOf => t("builder.rule.sort-one-of"),
        RuleSort::Order => t("builder.rule.sort-order"),
        RuleSort::Total => t("builder.rule.sort-total"),
        RuleSort::Distinct => t("builder.rule.sort-distinct"),
        RuleSort::Must => t("builder.rule.sort-must"),
    }
}

/// What a question is called.
pub(super) fn name(field: &Field) -> String {
    let label = field.label.get(locale());
    if label.trim().is_empty() { field.key.0.clone() } else { label.to_owned() }
}

/// What questions are called.
pub(super) fn names(act: &Act, keys: &[FieldKey]) -> String {
    let of = |key: &FieldKey| act.field(key).map_or_else(|| key.0.clone(), name);
    keys.iter().map(of).collect::<Vec<_>>().join(", ")
}

/// Questions as options.
pub(super) fn options<'a>(fields: impl IntoIterator<Item = &'a Field>) -> Vec<(FieldKey, String)> {
    fields.into_iter().map(|field| (field.key.clone(), name(field))).collect()
}

fn said(act: &Act, rule: &Rule) -> String {
    let one = |key: &FieldKey| names(act, std::slice::from_ref(key));
    match rule {
        Rule::AtLeastOneOf(keys) => t_with("builder.rule.one-of", &[("names", &names(act, keys))]),
        Rule::DateOrder(first, then) => {
            t_with("builder.rule.order", &[("first", &one(first)), ("then", &one(then))])
        }
        Rule::Total { fields, column, total } => {
            let unit = if is_amount(act, fields, column.as_ref()) { 100 } else { 1 };
            let names = match column {
                Some(column) => column_name(
                    act,
                    &(fields.first().cloned().unwrap_or(FieldKey(String::new())), column.clone()),
                ),
                None => names(act, fields),
            };
            t_with("builder.rule.total", &[("names", &names), ("total", &(total / unit).to_string())])
        }
        Rule::Distinct(rows, column) => {
            t_with("builder.rule.distinct", &[("name", &column_name(act, &(rows.clone(), column.clone())))])
        }
        Rule::Must { says, .. } => match says.get(locale()) {
            "" => t("builder.rule.sort-must"),
            says => t_with("builder.rule.must", &[("says", says)]),
        },
    }
}

fn column_name(act: &Act, (rows, column): &Column) -> String {
    let field = act.field(rows);
    let inside = field.and_then(|field| field.kind.columns().iter().find(|one| one.key == *column));
    let rows = field.map_or_else(|| rows.0.clone(), name);
    [rows, inside.map_or_else(|| column.0.clone(), name)].join(": ")
}

fn column_options(act: &Act, found: Vec<Column>) -> Vec<(Column, String)> {
    found.into_iter().map(|column| (column.clone(), column_name(act, &column))).collect()
}

/// Changes the rule at a place, and what is said of it.
fn change(bench: Bench, spot: &Spot, at: usize, change: impl FnOnce(&mut Rule)) {
    put(bench, spot, |act| {
        if let Some(rule) = act.rules.get_mut(at) {
            change(rule);
        }
    });
    bench.redraw();
}

fn details(bench: Bench, spot: &Spot, act: &Act, at: usize, rule: &Rule) -> AnyView {
    let place = ["rule", &at.to_string()].concat();
    match rule {
        Rule::AtLeastOneOf(chosen) => {
            let own = spot.clone();
            several(t("builder.rule.questions"), options(asked(act)), chosen.clone(), move |keys| {
                put(bench, &own, |act| {
                    if let Some(Rule::AtLeastOneOf(of)) = act.rules.get_mut(at) {
                        *of = keys;
                    }
                });
            })
        }
        Rule::DateOrder(first, then) => {
            let days = options(dates(act));
            let set = |is_first: bool| {
                let own = spot.clone();
                move |key: FieldKey| {
                    change(bench, &own, at, |rule| {
                        if let Rule::DateOrder(first, then) = rule {
                            *(if is_first { first } else { then }) = key;
                        }
                    });
                }
            };
            view! {
                <div class="threes">
                    {pick_in(&place, t("builder.rule.first"), days.clone(), first, set(true))}
                    {pick_in(&place, t("builder.rule.then"), days, then, set(false))}
                </div>
            }
            .into_any()
        }
        Rule::Total { fields, column, total } => {
            total_of(bench, spot, act, at, (fields, column.as_ref(), *total))
        }
        Rule::Distinct(rows, column) => {
            let own = spot.clone();
            let now = (rows.clone(), column.clone());
            pick_in(
                &place,
                t("builder.rule.column"),
                column_options(act, columns(act)),
                &now,
                move |(rows, column)| {
                    change(bench, &own, at, |rule| *rule = Rule::Distinct(rows, column));
                },
            )
        }
        Rule::Must { at: field, .. } => must(bench, spot, act, at, field),
    }
}

/// Which questions, or which column, and what they come to.
fn total_of(
    bench: Bench,
    spot: &Spot,
    act: &Act,
    at: usize,
    (fields, column, total): (&[FieldKey], Option<&FieldKey>, i64),
) -> AnyView {
    let place = ["rule", &at.to_string()].concat();
    let rows = column_options(act, number_columns(act));
    let beside = options(numbers(act));
    let mut sorts: Vec<(Option<Column>, String)> = Vec::new();
    if beside.len() > 1 {
        sorts.push((None, t("builder.rule.several-questions")));
    }
    sorts.extend(rows.into_iter().map(|(column, name)| (Some(column), name)));
    let now = column.and_then(|column| Some((fields.first()?.clone(), column.clone())));
    let [own, one, other] = [(); 3].map(|()| spot.clone());
    let set_sort = move |sort: Option<Column>| {
        change(bench, &own, at, |rule| {
            if let Rule::Total { fields, column, .. } = rule {
                (*fields, *column) = match sort {
                    Some((rows, of)) => (vec![rows], Some(of)),
                    None => (Vec::new(), None),
                };
            }
        });
    };
    let unit = if is_amount(act, fields, column) { 100 } else { 1 };
    let set_fields = move |keys: Vec<FieldKey>| {
        let mut is_other = false;
        put(bench, &one, |act| {
            is_other = is_amount(act, &keys, None) != (unit == 100);
            if let Some(Rule::Total { fields, .. }) = act.rules.get_mut(at) {
                *fields = keys;
            }
        });
        // Amounts instead of numbers, or the other way: the sum is another, and called another.
        if is_other {
            bench.redraw();
        }
    };
    let set_total = move |number: Option<i64>| {
        put(bench, &other, |act| {
            if let Some(Rule::Total { total, .. }) = act.rules.get_mut(at) {
                *total = number.unwrap_or(0).saturating_mul(unit);
            }
        });
    };
    let label = if unit == 100 { t("builder.rule.sum-kronor") } else { t("builder.rule.sum") };
    view! {
        <div class="threes">
            {pick_in(&place, t("builder.rule.what"), sorts, &now, set_sort)}
            {count(label, None, (-FAR, FAR), Some(total / unit), false, set_total)}
        </div>
        {column.is_none().then(|| several(t("builder.rule.questions"), beside, fields.to_vec(), set_fields))}
    }
    .into_any()
}

/// A rule in its own words: what must hold, what is said otherwise, and at which question.
fn must(bench: Bench, spot: &Spot, act: &Act, at: usize, field: &FieldKey) -> AnyView {
    let place = ["rule", &at.to_string()].concat();
    let (own, other) = (spot.clone(), spot.clone());
    let says = text_at(move |form: &mut FormDefinition| {
        match own.act_in(form).and_then(|act| act.rules.get_mut(at)) {
            Some(Rule::Must { says, .. }) => Some(says),
            _ => None,
        }
    });
    let set_at = move |key| {
        change(bench, &other, at, |rule| {
            if let Rule::Must { at, .. } = rule {
                *at = key;
            }
        });
    };
    view! {
        <p class="field__label">{t("builder.rule.holds")}</p>
        {condition(bench, &Holder::Must(spot.clone(), at))}
        {pair(bench, t("builder.rule.says"), Some(t("builder.rule.says-help")), true, says)}
        {pick_in(&place, t("builder.rule.at"), options(asked(act)), field, set_at)}
    }
    .into_any()
}
