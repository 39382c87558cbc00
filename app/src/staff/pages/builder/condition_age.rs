//! How old the child is, as a line of a condition: between two ages, today or on the day of another answer.

use super::condition::Desk;
use super::condition_line::{number, put, select};
use super::rules::name;
use crate::i18n::{t, t_with};
use leptos::prelude::*;
use skolstart_shared::form::{AgeRange, Condition, Field, FieldKey, FieldKind};

pub(super) fn age(desk: Desk, path: &[usize], range: &AgeRange) -> AnyView {
    let own = path.to_vec();
    let change = move |change: &dyn Fn(&mut AgeRange)| {
        put(desk, &own, false, |line| {
            if let Condition::Age(range) = &mut line.condition {
                change(range);
            }
        });
    };
    let (other, third) = (change.clone(), change.clone());
    let years = |number: Option<i64>| number.and_then(|number| u8::try_from(number).ok());
    let from =
        number(desk.id(path, "from"), t("builder.when.from-age"), range.from.map(i64::from), move |typed| {
            change(&|range| range.from = years(typed));
        });
    let below =
        number(desk.id(path, "to"), t("builder.when.below-age"), range.below.map(i64::from), move |typed| {
            other(&|range| range.below = years(typed));
        });
    let fields = desk.fields();
    let days = days(&fields, range.on.as_ref());
    let options = days.iter().map(|day| (day_words(day.as_ref(), &fields), *day == range.on)).collect();
    let on = select(desk.id(path, "on"), t("builder.when.age-on"), options, move |at| {
        if let Some(day) = days.get(at) {
            third(&|range| range.on.clone_from(day));
        }
    });
    view! {
        <span>{t("builder.when.from-word")}</span>{from}
        <span>{t("builder.when.below-word")}</span>{below}
        {on}
    }
    .into_any()
}

/// The days that an age can be counted on: that of answering (`None`), and those that are asked for. A question that is gone stands there
/// until another is chosen.
fn days(fields: &[Field], now: Option<&FieldKey>) -> Vec<Option<FieldKey>> {
    let is_day = |field: &&Field| matches!(field.kind, FieldKind::Date { .. } | FieldKind::Days { .. });
    let mut days = vec![None];
    days.extend(fields.iter().filter(is_day).map(|field| Some(field.key.clone())));
    let now = now.cloned();
    if !days.contains(&now) {
        days.push(now);
    }
    days
}

fn day_words(day: Option<&FieldKey>, fields: &[Field]) -> String {
    let Some(key) = day else { return t("builder.when.age-today") };
    let found = fields.iter().find(|field| field.key == *key).map_or_else(|| key.0.clone(), name);
    t_with("builder.when.age-on-day", &[("name", &found)])
}
