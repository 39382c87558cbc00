//! The limits and texts of a kind of answer.

use super::bench::Bench;
use super::calculated::calculation;
use super::field::put;
use super::inputs::{count, pair, several, text_at, tick};
use super::options::{columns, options};
use super::words;
use crate::i18n::t;
use leptos::prelude::*;
use skolstart_shared::fact::FileType;
use skolstart_shared::form::builder::Spot;
use skolstart_shared::form::{Field, FieldKind, FormDefinition, MOST_MEGABYTES, Texts};

/// Far beyond any answer.
const FAR: i64 = 1_000_000_000;
const DAYS: (i64, i64) = (-40_000, 40_000);

pub(super) fn limits(bench: Bench, spot: &Spot, kind: &FieldKind) -> AnyView {
    match kind {
        FieldKind::Text { max } => longest(bench, spot, *max),
        FieldKind::LongText { max, .. } => {
            let label = (t("builder.kind.caution"), Some(t("builder.kind.caution-help")));
            let caution = text(bench, spot, label, |kind| match kind {
                FieldKind::LongText { caution, .. } => Some(caution),
                _ => None,
            });
            view! { {longest(bench, spot, *max)} {caution} }.into_any()
        }
        FieldKind::Number { min, max } => bounds(bench, spot, (*min, *max), 1),
        // Limits are kept in öre and shown in kronor.
        FieldKind::Money { min, max } => bounds(bench, spot, (*min, *max), 100),
        FieldKind::Date { earliest, latest } | FieldKind::Days { earliest, latest } => {
            days(bench, spot, (*earliest, *latest))
        }
        FieldKind::Choice { .. } | FieldKind::Choices { .. } => options(bench, spot),
        FieldKind::PersonalNumber { other } => {
            let own = spot.clone();
            tick(t("builder.kind.other-number"), None, *other, move |yes| {
                put(bench, &own, |field| field.kind = FieldKind::PersonalNumber { other: yes });
            })
        }
        FieldKind::Unit { school_forms } => {
            let own = spot.clone();
            let forms = words::SCHOOL_FORMS.map(|form| (form, words::school_form(form))).to_vec();
            several(t("builder.kind.units-with"), forms, school_forms.clone(), move |chosen| {
                put(bench, &own, |field| field.kind = FieldKind::Unit { school_forms: chosen });
            })
        }
        FieldKind::Files { .. } => files(bench, spot, kind),
        FieldKind::Schedule { .. } => schedule(bench, spot, kind),
        FieldKind::Rows { .. } => columns(bench, spot, kind),
        FieldKind::Calculated { .. } => calculation(bench, spot),
        kind => one_text(bench, spot, kind),
    }
}

/// Kinds that hold one text to read.
fn one_text(bench: Bench, spot: &Spot, kind: &FieldKind) -> AnyView {
    let label = match kind {
        FieldKind::Consent { .. } => (t("builder.kind.audience"), Some(t("builder.kind.audience-help"))),
        FieldKind::Information { .. } => (t("builder.kind.information"), None),
        FieldKind::Acknowledge { .. } => (t("builder.kind.acknowledge"), None),
        _ => return ().into_any(),
    };
    text(bench, spot, label, |kind| match kind {
        FieldKind::Consent { audience: text }
        | FieldKind::Information { text }
        | FieldKind::Acknowledge { text } => Some(text),
        _ => None,
    })
}

/// A text of the kind.
pub(super) fn text(
    bench: Bench,
    spot: &Spot,
    (label, help): (String, Option<String>),
    of: fn(&mut FieldKind) -> Option<&mut Texts>,
) -> AnyView {
    let own = spot.clone();
    let place =
        text_at(move |form: &mut FormDefinition| own.field_in(form).and_then(|field| of(&mut field.kind)));
    pair(bench, label, help, true, place)
}

/// A small number of the kind.
pub(super) fn small(
    bench: Bench,
    spot: &Spot,
    label: String,
    limits: (i64, i64),
    now: u8,
    of: fn(&mut FieldKind, u8),
) -> AnyView {
    let own = spot.clone();
    count(label, None, limits, Some(i64::from(now)), false, move |number| {
        if let Some(number) = number.and_then(|number| u8::try_from(number).ok()) {
            put(bench, &own, |field| of(&mut field.kind, number));
        }
    })
}

fn longest(bench: Bench, spot: &Spot, max: u16) -> AnyView {
    let own = spot.clone();
    count(t("builder.kind.longest"), None, (1, 5000), Some(i64::from(max)), false, move |number| {
        let number = number.and_then(|number| u16::try_from(number).ok()).unwrap_or(100);
        put(bench, &own, |field| {
            if let FieldKind::Text { max } | FieldKind::LongText { max, .. } = &mut field.kind {
                *max = number;
            }
        });
    })
}

fn bounds(bench: Bench, spot: &Spot, (min, max): (i64, i64), unit: i64) -> AnyView {
    let set = move |own: &Spot, least: Option<i64>, most: Option<i64>| {
        put(bench, own, |field| {
            if let FieldKind::Number { min, max } | FieldKind::Money { min, max } = &mut field.kind {
                *min = least.map_or(*min, |least| least * unit);
                *max = most.map_or(*max, |most| most * unit);
            }
        });
    };
    let (one, other) = (spot.clone(), spot.clone());
    view! {
        <div class="threes">
            {count(t("builder.kind.smallest"), None, (-FAR, FAR), Some(min / unit), false, move |number| set(&one, number, None))}
            {count(t("builder.kind.largest"), None, (-FAR, FAR), Some(max / unit), false, move |number| set(&other, None, number))}
        </div>
    }
    .into_any()
}

fn days(bench: Bench, spot: &Spot, (first, last): (Option<i32>, Option<i32>)) -> AnyView {
    let set = |own: Spot, is_first: bool| {
        move |number: Option<i64>| {
            let day = number.and_then(|number| i32::try_from(number).ok());
            put(bench, &own, |field: &mut Field| {
                if let FieldKind::Date { earliest, latest } | FieldKind::Days { earliest, latest } =
                    &mut field.kind
                {
                    *(if is_first { earliest } else { latest }) = day;
                }
            });
        }
    };
    let help = Some(t("builder.kind.days-help"));
    view! {
        <div class="threes">
            {count(t("builder.kind.earliest"), help.clone(), DAYS, first.map(i64::from), true, set(spot.clone(), true))}
            {count(t("builder.kind.latest"), help, DAYS, last.map(i64::from), true, set(spot.clone(), false))}
        </div>
    }
    .into_any()
}

/// How many, how large, and of which types.
fn files(bench: Bench, spot: &Spot, kind: &FieldKind) -> AnyView {
    let FieldKind::Files { most, megabytes, types } = kind else { return ().into_any() };
    let own = spot.clone();
    let set_types = move |chosen| {
        put(bench, &own, |field| {
            if let FieldKind::Files { types, .. } = &mut field.kind {
                *types = chosen;
            }
        });
    };
    let taken = FileType::TAKEN.map(|kind| (kind, kind.ending().to_owned())).to_vec();
    view! {
        <div class="threes">
            {small(bench, spot, t("builder.kind.most-files"), (1, 10), *most, |kind, number| {
                if let FieldKind::Files { most, .. } = kind { *most = number; }
            })}
            {small(bench, spot, t("builder.kind.megabytes"), (1, MOST_MEGABYTES.into()), *megabytes, |kind, number| {
                if let FieldKind::Files { megabytes, .. } = kind { *megabytes = number; }
            })}
        </div>
        {several(t("builder.kind.file-types"), taken, types.clone(), set_types)}
    }
    .into_any()
}

fn schedule(bench: Bench, spot: &Spot, kind: &FieldKind) -> AnyView {
    let FieldKind::Schedule { weeks, times, weekends, nights, .. } = kind else { return ().into_any() };
    let (one, other) = (spot.clone(), spot.clone());
    let weekend = move |yes| {
        put(bench, &one, |field| {
            if let FieldKind::Schedule { weekends, .. } = &mut field.kind {
                *weekends = yes;
            }
        });
    };
    let night = move |yes| {
        put(bench, &other, |field| {
            if let FieldKind::Schedule { nights, .. } = &mut field.kind {
                *nights = yes;
            }
        });
    };
    view! {
        <div class="threes">
            {small(bench, spot, t("builder.kind.weeks"), (1, 6), *weeks, |kind, number| {
                if let FieldKind::Schedule { weeks, .. } = kind { *weeks = number; }
            })}
            {small(bench, spot, t("builder.kind.times"), (1, 3), *times, |kind, number| {
                if let FieldKind::Schedule { times, .. } = kind { *times = number; }
            })}
        </div>
        {tick(t("builder.kind.weekends"), None, *weekends, weekend)}
        {tick(t("builder.kind.nights"), None, *nights, night)}
        {options(bench, spot)}
    }
    .into_any()
}
