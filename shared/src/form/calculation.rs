//! Values that follow from other answers. Typed data like conditions: no formula is written by anybody.

use super::field::FieldKey;
use super::scope::Scope;
use crate::date::{Date, Weekday};
use crate::fact::Value;
use serde::{Deserialize, Serialize};

/// How a value follows from other answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Calculation {
    /// Numbers or amounts added up, others taken away. What is not answered counts as nothing.
    Sum {
        /// Added.
        plus: Vec<FieldKey>,
        /// Taken away.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        minus: Vec<FieldKey>,
        /// Whether the sum is an amount in öre.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        money: bool,
    },
    /// A column of rows added up.
    Column {
        /// The rows.
        rows: FieldKey,
        /// The column.
        column: FieldKey,
        /// Whether the sum is an amount in öre.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        money: bool,
    },
    /// Mondays to Fridays in a range of days, both ends included. Holidays are not known here and count.
    Weekdays(FieldKey),
    /// Hours in an average week of a schedule, rounded up to whole ones.
    HoursPerWeek(FieldKey),
}

/// Most that a sum may come to; more is no answer. Far above any amount, far below what would not fit.
const MOST: i64 = 1_000_000_000_000_000;

impl Calculation {
    /// True for an amount in öre.
    pub fn is_money(&self) -> bool {
        matches!(self, Self::Sum { money: true, .. } | Self::Column { money: true, .. })
    }

    /// The value. `None` when nothing that it follows from is answered.
    pub(super) fn value(&self, scope: &Scope<'_>) -> Option<Value> {
        let number = match self {
            Self::Sum { plus, minus, .. } => {
                let sum = |fields: &[FieldKey]| total(fields.iter().map(|field| scope.own(field)));
                match (sum(plus), sum(minus)) {
                    (None, None) => None,
                    (plus, minus) => Some(plus.unwrap_or(0).saturating_sub(minus.unwrap_or(0))),
                }
            }
            Self::Column { rows, column, .. } => match scope.own(rows) {
                Some(Value::Rows(rows)) => total(rows.iter().map(|row| row.get(column.as_str()))),
                _ => None,
            },
            Self::Weekdays(field) => match scope.own(field) {
                Some(Value::Days(from, to)) => weekdays(*from, *to),
                _ => None,
            },
            Self::HoursPerWeek(field) => match scope.own(field) {
                Some(Value::Schedule(schedule)) => hours_per_week(schedule.minutes(), schedule.weeks.len()),
                _ => None,
            },
        };
        number.filter(|number| (-MOST..=MOST).contains(number)).map(Value::Number)
    }

    /// Calls `visit` with every field that it looks at.
    pub fn each_field<'a>(&'a self, visit: &mut dyn FnMut(&'a FieldKey)) {
        match self {
            Self::Sum { plus, minus, .. } => plus.iter().chain(minus).for_each(visit),
            Self::Column { rows: field, .. } | Self::Weekdays(field) | Self::HoursPerWeek(field) => {
                visit(field)
            }
        }
    }
}

fn total<'a>(values: impl Iterator<Item = Option<&'a Value>>) -> Option<i64> {
    let mut sum = None;
    for value in values {
        if let Some(Value::Number(number)) = value {
            sum = Some(i64::saturating_add(sum.unwrap_or(0), *number));
        }
    }
    sum
}

/// `None` when the last day comes before the first, or the range is longer than any school year.
fn weekdays(from: Date, to: Date) -> Option<i64> {
    let days = to.days_since(from) + 1;
    if !(1..=2 * 366).contains(&days) {
        return None;
    }
    let is_weekday = |day: &i32| from.add_days(*day).weekday() < Weekday::Saturday;
    Some((0..days).filter(is_weekday).count() as i64)
}

fn hours_per_week(minutes: u32, weeks: usize) -> Option<i64> {
    let weeks = i64::try_from(weeks).ok().filter(|weeks| *weeks > 0)?;
    Some((i64::from(minutes) + weeks * 60 - 1) / (weeks * 60))
}
