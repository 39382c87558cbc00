//! What a calculated value follows from: which sort of sum, and of which questions.

use super::bench::Bench;
use super::field::put;
use super::inputs::{pick, several};
use super::rules::name;
use crate::i18n::t;
use leptos::prelude::*;
use skolstart_shared::form::builder::Spot;
use skolstart_shared::form::{Calculation, Field, FieldKey, FieldKind};

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

/// What can be calculated in this way from the questions beside it, each with the name of what it follows from.
fn sources(how: How, beside: &[Field]) -> Vec<(Calculation, String)> {
    let of = |fits: fn(&FieldKind) -> bool, make: fn(FieldKey) -> Calculation| {
        beside
            .iter()
            .filter(|field| fits(&field.kind))
            .map(|field| (make(field.key.clone()), name(field)))
            .collect()
    };
    match how {
        How::Weekdays => of(|kind| matches!(kind, FieldKind::Days { .. }), Calculation::Weekdays),
        How::Hours => of(|kind| matches!(kind, FieldKind::Schedule { .. }), Calculation::HoursPerWeek),
        How::Sum => {
            vec![(Calculation::Sum { plus: Vec::new(), minus: Vec::new(), money: false }, String::new())]
        }
        How::Column => beside.iter().flat_map(columns_of).collect(),
    }
}

fn columns_of(rows: &Field) -> impl Iterator<Item = (Calculation, String)> {
    rows.kind.columns().iter().filter(|column| is_number(column)).map(|column| {
        let money = matches!(column.kind, FieldKind::Money { .. });
        let of = Calculation::Column { rows: rows.key.clone(), column: column.key.clone(), money };
        (of, [name(rows), name(column)].join(": "))
    })
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
    let set = |own: Spot| {
        move |chosen: Calculation| {
            put(bench, &own, |field| field.kind = FieldKind::Calculated { how: chosen });
            bench.redraw();
        }
    };
    let words = [
        (How::Sum, t("builder.sum.sum")),
        (How::Weekdays, t("builder.sum.weekdays")),
        (How::Hours, t("builder.sum.hours")),
        (How::Column, t("builder.sum.column")),
    ];
    let mut options = Vec::new();
    for (sort, words) in words {
        // A sort of which there is nothing beside is no choice, unless it stands there.
        if sort == how(&now) {
            options.push((now.clone(), words));
        } else if let Some((first, _)) = sources(sort, &beside).into_iter().next() {
            options.push((first, words));
        }
    }
    let inside = match &now {
        Calculation::Sum { plus, minus, .. } => terms(bench, spot, plus, minus, &beside, &own_key),
        _ => {
            let mut from = sources(how(&now), &beside);
            if from.iter().all(|(source, _)| *source != now) {
                // A question that is gone: it stands there until another is chosen, and the check list says so.
                from.insert(0, (now.clone(), t("builder.sum.gone")));
            }
            pick(t("builder.sum.of"), None, from, &now, set(spot.clone()))
        }
    };
    view! { {pick(t("builder.sum.label"), None, options, &now, set(spot.clone()))} {inside} }.into_any()
}

/// What is added and what is taken away.
fn terms(
    bench: Bench,
    spot: &Spot,
    plus: &[FieldKey],
    minus: &[FieldKey],
    beside: &[Field],
    own_key: &FieldKey,
) -> AnyView {
    let numbers: Vec<(FieldKey, String)> = beside
        .iter()
        .filter(|field| is_number(field) && field.key != *own_key)
        .map(|field| (field.key.clone(), name(field)))
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
        {several(t("builder.sum.plus"), numbers.clone(), plus.to_vec(), set(spot.clone(), true))}
        {several(t("builder.sum.minus"), numbers, minus.to_vec(), set(spot.clone(), false))}
    }
    .into_any()
}
