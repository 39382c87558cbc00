//! Right answers to any field: for the builder's trial families, for tests and for the load generator.

use super::answers::Answers;
use super::condition::Setting;
use super::definition::Act;
use super::field::Field;
use super::kind::{ChoiceOption, FieldKind};
use super::normalise::normalise;
use crate::contact::{Email, Phone};
use crate::date::TimeOfDay;
use crate::fact::{Interval, Row, Schedule, ScheduleWeek, Value};
use crate::identity::IdentityNumber;

/// One of Skatteverket's test numbers.
const NUMBER: &str = "201601022385";

/// A right answer to a field, another one for another `variant`. `None` where there is nothing to answer, and for files
/// and units, which only the school has.
pub fn example(field: &Field, variant: usize, setting: &Setting) -> Option<Value> {
    let kind = &field.kind;
    let amount = |min: i64, max: i64| Value::Number(min.saturating_add(variant as i64).min(max));
    Some(match kind {
        FieldKind::Text { max } | FieldKind::LongText { max, .. } => {
            Value::Text(["Exempel ", &variant.to_string()].concat().chars().take(usize::from(*max)).collect())
        }
        FieldKind::Number { min, max } => amount(*min, *max),
        FieldKind::Money { min, max } => amount((*min).max(0), *max),
        FieldKind::Date { earliest, latest } => Value::Date(day(*earliest, *latest, setting)),
        FieldKind::Days { earliest, latest } => {
            let first = day(*earliest, *latest, setting);
            Value::Days(first, first.add_days(latest.map_or(2, |_| 0)))
        }
        FieldKind::Time {} => Value::Time(TimeOfDay::new(8, (variant % 60) as u8)?),
        FieldKind::YesNo {} | FieldKind::Consent { .. } => Value::Flag(variant.is_multiple_of(2)),
        FieldKind::Acknowledge { .. } => Value::Flag(true),
        FieldKind::Choice { options } => Value::Choice(nth(options, variant)?),
        FieldKind::Choices { options, .. } => Value::Choices(vec![nth(options, variant)?]),
        FieldKind::Country {} => Value::Choice(["SE", "FI", "SO"][variant % 3].to_owned()),
        FieldKind::Language {} => Value::Choice(["sv", "ar", "fi"][variant % 3].to_owned()),
        // Set aside by PTS for fiction: 070-174 06 05 to 99.
        FieldKind::Phone {} => {
            Value::Phone(Phone::parse(&["+4670174060", &(5 + variant % 5).to_string()].concat()).ok()?)
        }
        FieldKind::Email {} => {
            Value::Email(Email::parse(&["namn", &variant.to_string(), "@example.se"].concat()).ok()?)
        }
        FieldKind::PostalCode {} => Value::Text("123 45".to_owned()),
        FieldKind::PersonalNumber { .. } => Value::Identity(IdentityNumber::parse_stored(NUMBER).ok()?),
        FieldKind::Schedule { homes, .. } => Value::Schedule(schedule(homes, variant, setting)?),
        FieldKind::Rows { fields, least, most, .. } => {
            let count = usize::from((*least).max(1)).min(usize::from(*most));
            Value::Rows((0..count).map(|at| row(fields, variant + at, setting)).collect())
        }
        FieldKind::Information { .. }
        | FieldKind::Calculated { .. }
        | FieldKind::Files { .. }
        | FieldKind::Unit { .. } => return None,
    })
}

/// Right answers to everything that an act asks; what the answers hide is left out.
pub fn example_answers(act: &Act, variant: usize, setting: &Setting) -> Answers {
    let mut answers = Answers::default();
    for field in &act.fields {
        if field.is_visible(&answers, setting) {
            answers.set(&field.key, example(field, variant, setting));
        }
    }
    normalise(act, &answers, setting)
}

fn nth(options: &[ChoiceOption], variant: usize) -> Option<String> {
    options.get(variant % options.len().max(1)).map(|option| option.key.clone())
}

fn row(fields: &[Field], variant: usize, setting: &Setting) -> Row {
    let cell = |field: &Field| Some((field.key.as_str().to_owned(), example(field, variant, setting)?));
    fields.iter().filter_map(cell).collect()
}

fn day(earliest: Option<i32>, latest: Option<i32>, setting: &Setting) -> crate::date::Date {
    setting.today.add_days(earliest.unwrap_or(0).max(0).min(latest.unwrap_or(i32::MAX)))
}

fn schedule(homes: &[ChoiceOption], variant: usize, setting: &Setting) -> Option<Schedule> {
    let monday = setting.today.add_days(1 - i32::from(setting.today.weekday().number()));
    let times = Interval { from: TimeOfDay::new(7, (variant % 60) as u8)?, to: TimeOfDay::new(16, 0)? };
    let days = (0..7).map(|day| if day < 5 { vec![times] } else { Vec::new() }).collect();
    let week = ScheduleWeek { home: homes.first().map(|home| home.key.clone()), days };
    Some(Schedule { from: monday.add_days(7), weeks: vec![week], except: Vec::new() })
}
