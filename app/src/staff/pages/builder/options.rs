//! Options of a choice, columns of rows, and what a calculated value follows from.

use super::bench::{Bench, focus_later};
use super::field::put;
use super::inputs::{adder, pair, pick, several, text_at};
use super::kind::{small, text};
use crate::i18n::{locale, t, t_with};
use crate::ui::{Icon, announce};
use leptos::prelude::*;
use skolstart_shared::form::builder::{Spot, new_field, new_option, plain_kind};
use skolstart_shared::form::{Calculation, ChoiceOption, Field, FieldKey, FieldKind, FormDefinition, Texts};

/// The options of a kind; for a schedule, the homes.
fn options_in(kind: &mut FieldKind) -> Option<&mut Vec<ChoiceOption>> {
    match kind {
        FieldKind::Choice { options }
        | FieldKind::Choices { options, .. }
        | FieldKind::Schedule { homes: options, .. } => Some(options),
        _ => None,
    }
}

/// Changes which options there are, and draws them anew.
fn change(bench: Bench, spot: &Spot, change: impl FnOnce(&mut Vec<ChoiceOption>)) {
    put(bench, spot, |field| {
        if let Some(options) = options_in(&mut field.kind) {
            change(options);
        }
    });
    bench.redraw();
}

pub(super) fn options(bench: Bench, spot: &Spot) -> AnyView {
    let mut kind = bench.form.with_untracked(|form| spot.field_of(form).map(|field| field.kind.clone()));
    let Some(kind) = &mut kind else { return ().into_any() };
    let is_schedule = matches!(kind, FieldKind::Schedule { .. });
    let none = matches!(kind, FieldKind::Choices { .. }).then(|| {
        text(bench, spot, (t("builder.kind.none"), None), |kind| match kind {
            FieldKind::Choices { none, .. } => Some(none),
            _ => None,
        })
    });
    let count = options_in(kind).map_or(0, |options| options.len());
    let all = (0..count).map(|at| option(bench, spot, at, count)).collect_view();
    let own = spot.clone();
    let add = move || {
        change(bench, &own, |options| {
            let taken: Vec<String> = options.iter().map(|option| option.key.clone()).collect();
            options.push(new_option(&taken));
        });
    };
    let heading = if is_schedule { t("builder.kind.homes") } else { t("builder.kind.options") };
    view! {
        <section class="stack stack--tight">
            <h3>{heading}</h3>
            <ol class="rows">{all}</ol>
            {adder(t("builder.kind.add-option"), add)}
            {none}
        </section>
    }
    .into_any()
}

fn option(bench: Bench, spot: &Spot, at: usize, count: usize) -> AnyView {
    let own = spot.clone();
    let place = text_at(move |form: &mut FormDefinition| {
        let options = own.field_in(form).and_then(|field| options_in(&mut field.kind))?;
        options.get_mut(at).map(|option| &mut option.label)
    });
    let number = (at + 1).to_string();
    let label = t_with("builder.kind.option", &[("n", &number)]);
    let swap = |to: Option<usize>, word: &'static str| {
        let own = spot.clone();
        move |_| {
            let Some(to) = to.filter(|to| *to < count) else { return };
            change(bench, &own, |options| options.swap(at, to));
            announce(t_with(
                "builder.moved",
                &[("place", &(to + 1).to_string()), ("of", &count.to_string())],
            ));
            focus_later(["option-", word, "-", &to.to_string()].concat());
        }
    };
    let own = spot.clone();
    let gone = move |_| change(bench, &own, |options| drop(options.remove(at)));
    let id = |word: &str| ["option-", word, "-", &at.to_string()].concat();
    let (up, down) = (at == 0, at + 1 == count);
    view! {
        <li class="row">
            <div class="row__head">
                <span class="row__place">{number.clone()}</span>
                <div class="row__tools">
                    <button class="iconbutton" type="button" id=id("up") aria-disabled=up.then_some("true") on:click=swap(at.checked_sub(1), "up")>
                        <Icon name="arrow-up"/><span class="visually-hidden">{t_with("builder.up", &[("name", &label)])}</span>
                    </button>
                    <button class="iconbutton" type="button" id=id("down") aria-disabled=down.then_some("true") on:click=swap(Some(at + 1), "down")>
                        <Icon name="arrow-down"/><span class="visually-hidden">{t_with("builder.down", &[("name", &label)])}</span>
                    </button>
                    <button class="iconbutton" type="button" on:click=gone>
                        <Icon name="trash"/><span class="visually-hidden">{t_with("builder.remove", &[("name", &label)])}</span>
                    </button>
                </div>
            </div>
            {pair(bench, label, None, false, place)}
        </li>
    }
    .into_any()
}

/// The columns of rows: each is a question of its own, chosen in the outline.
pub(super) fn columns(bench: Bench, spot: &Spot, kind: &FieldKind) -> AnyView {
    let FieldKind::Rows { fields, least, most, .. } = kind else { return ().into_any() };
    let own = spot.clone();
    let add = move || {
        bench.reshape(|form| {
            let label = Texts::default();
            let kind = plain_kind("text", None)?;
            let mut column = new_field(own.fields_of(form), label, kind);
            column.required = false;
            form.add_field(&own, column)
        });
    };
    let links = fields.iter().enumerate().map(|(at, column)| {
        let to = spot.inside(at);
        let name = column.label.get(locale()).to_owned();
        let name = if name.is_empty() { t("builder.no-words") } else { name };
        view! { <li><button class="linklike" type="button" on:click=move |_| bench.chosen.set(to.clone())>{name}</button></li> }
    });
    view! {
        <section class="stack stack--tight">
            <h3>{t("builder.kind.columns")}</h3>
            <ul class="uses">{links.collect_view()}</ul>
            {adder(t("builder.kind.add-column"), add)}
        </section>
        <div class="threes">
            {small(bench, spot, t("builder.kind.least-rows"), (0, 50), *least, |kind, number| {
                if let FieldKind::Rows { least, .. } = kind { *least = number; }
            })}
            {small(bench, spot, t("builder.kind.most-rows"), (1, 50), *most, |kind, number| {
                if let FieldKind::Rows { most, .. } = kind { *most = number; }
            })}
        </div>
        {text(bench, spot, (t("builder.kind.row"), None), |kind| match kind {
            FieldKind::Rows { row, .. } => Some(row),
            _ => None,
        })}
        {text(bench, spot, (t("builder.kind.add-row"), None), |kind| match kind {
            FieldKind::Rows { add, .. } => Some(add),
            _ => None,
        })}
    }
    .into_any()
}

/// The sorts of calculated values.
#[derive(Clone, Copy, PartialEq, Eq)]
enum How {
    Weekdays,
    Hours,
    Sum,
    Column,
}

fn how(calculation: &Calculation) -> How {
    match calculation {
        Calculation::Weekdays(_) => How::Weekdays,
        Calculation::HoursPerWeek(_) => How::Hours,
        Calculation::Sum { .. } => How::Sum,
        Calculation::Column { .. } => How::Column,
    }
}

/// The first calculation of this sort that there is something for.
fn first(how: How, beside: &[Field]) -> Calculation {
    let of = |fits: fn(&FieldKind) -> bool| {
        beside
            .iter()
            .find(|field| fits(&field.kind))
            .map_or(FieldKey(String::new()), |field| field.key.clone())
    };
    match how {
        How::Weekdays => Calculation::Weekdays(of(|kind| matches!(kind, FieldKind::Days { .. }))),
        How::Hours => Calculation::HoursPerWeek(of(|kind| matches!(kind, FieldKind::Schedule { .. }))),
        How::Sum => Calculation::Sum { plus: Vec::new(), minus: Vec::new(), money: false },
        How::Column => {
            let rows = beside.iter().find(|field| !field.kind.columns().is_empty());
            let column = rows.and_then(|rows| rows.kind.columns().iter().find(|column| is_number(column)));
            let key =
                |field: Option<&Field>| field.map_or(FieldKey(String::new()), |field| field.key.clone());
            let money = column.is_some_and(|column| matches!(column.kind, FieldKind::Money { .. }));
            Calculation::Column { rows: key(rows), column: key(column), money }
        }
    }
}

fn is_number(field: &Field) -> bool {
    matches!(field.kind, FieldKind::Number { .. } | FieldKind::Money { .. } | FieldKind::Calculated { .. })
}

pub(super) fn calculation(bench: Bench, spot: &Spot) -> AnyView {
    let found = bench.form.with_untracked(|form| {
        let (around, _) = spot.around()?;
        let FieldKind::Calculated { how } = &spot.field_of(form)?.kind else { return None };
        Some((how.clone(), around.fields_of(form).to_vec(), spot.field_of(form)?.key.clone()))
    });
    let Some((now, beside, own_key)) = found else { return ().into_any() };
    let own = spot.clone();
    let fields = beside.clone();
    let choose = move |chosen: How| {
        put(bench, &own, |field| field.kind = FieldKind::Calculated { how: first(chosen, &fields) });
        bench.redraw();
    };
    let options = vec![
        (How::Sum, t("builder.sum.sum")),
        (How::Weekdays, t("builder.sum.weekdays")),
        (How::Hours, t("builder.sum.hours")),
        (How::Column, t("builder.sum.column")),
    ];
    let terms = matches!(now, Calculation::Sum { .. }).then(|| terms(bench, spot, &now, &beside, &own_key));
    view! { {pick(t("builder.sum.label"), None, options, &how(&now), choose)} {terms} }.into_any()
}

/// What is added and what is taken away.
fn terms(bench: Bench, spot: &Spot, now: &Calculation, beside: &[Field], own_key: &FieldKey) -> AnyView {
    let Calculation::Sum { plus, minus, .. } = now else { return ().into_any() };
    let numbers: Vec<(FieldKey, String)> = beside
        .iter()
        .filter(|field| is_number(field) && field.key != *own_key)
        .map(|field| (field.key.clone(), field.label.get(locale()).to_owned()))
        .collect();
    let amounts: Vec<FieldKey> = beside
        .iter()
        .filter(|field| matches!(field.kind, FieldKind::Money { .. }))
        .map(|field| field.key.clone())
        .collect();
    let set = |own: Spot, added: bool| {
        let amounts = amounts.clone();
        move |chosen: Vec<FieldKey>| {
            put(bench, &own, |field| {
                if let FieldKind::Calculated { how: Calculation::Sum { plus, minus, money } } =
                    &mut field.kind
                {
                    *(if added { &mut *plus } else { &mut *minus }) = chosen;
                    *money = plus.iter().chain(minus.iter()).any(|key| amounts.contains(key));
                }
            });
        }
    };
    view! {
        {several(t("builder.sum.plus"), numbers.clone(), plus.clone(), set(spot.clone(), true))}
        {several(t("builder.sum.minus"), numbers, minus.clone(), set(spot.clone(), false))}
    }
    .into_any()
}
