//! Values in words. Yes, no and dates are said by the caller, who has the translations.

use skolstart_shared::date::Date;
use skolstart_shared::fact::Value;
use skolstart_shared::form::{Field, FieldKind, show_amount, show_input};
use skolstart_shared::locale::Locale;

/// A piece of a value in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Described {
    /// Words of the person or of the form.
    Words(String),
    /// Yes or no.
    Flag(bool),
    /// A day.
    Day(Date),
    /// From one day to another.
    Days(Date, Date),
    /// A country, by its code.
    Country(String),
    /// A language, by its code.
    Language(String),
    /// A unit, by its id.
    Unit(String),
    /// Nothing was given.
    Nothing,
}

/// A value as lines; a line has one piece, or one per column for rows.
pub fn describe(kind: &FieldKind, value: &Value, locale: Locale) -> Vec<Vec<Described>> {
    match (kind, value) {
        (FieldKind::Rows { fields, .. }, Value::Rows(rows)) if !rows.is_empty() => rows
            .iter()
            .map(|row| {
                let cell = |column: &Field| Some(words(&column.kind, row.get(column.key.as_str())?, locale));
                fields.iter().filter_map(cell).collect()
            })
            .collect(),
        (kind, value) => vec![vec![words(kind, value, locale)]],
    }
}

fn words(kind: &FieldKind, value: &Value, locale: Locale) -> Described {
    match (kind, value) {
        (_, Value::Flag(flag)) => Described::Flag(*flag),
        (_, Value::Date(day)) => Described::Day(*day),
        (FieldKind::Choice { options }, Value::Choice(key)) => {
            let label = options.iter().find(|option| option.key == *key);
            Described::Words(label.map_or(key.as_str(), |option| option.label.get(locale)).to_owned())
        }
        (FieldKind::Country {}, Value::Choice(code)) => Described::Country(code.clone()),
        (FieldKind::Language {}, Value::Choice(code)) => Described::Language(code.clone()),
        (FieldKind::Unit { .. }, Value::Choice(id)) => Described::Unit(id.clone()),
        (FieldKind::Choices { none, .. }, Value::Choices(chosen)) if chosen.is_empty() => {
            Described::Words(none.get(locale).to_owned())
        }
        (FieldKind::Choices { options, .. }, Value::Choices(chosen)) => {
            let labels = options.iter().filter(|option| chosen.contains(&option.key));
            let labels: Vec<&str> = labels.map(|option| option.label.get(locale)).collect();
            Described::Words(labels.join(", "))
        }
        (_, value) if value.is_empty() => Described::Nothing,
        (FieldKind::Money { .. } | FieldKind::Calculated { .. }, Value::Number(ore)) if is_money(kind) => {
            Described::Words([&show_amount(*ore), " kr"].concat())
        }
        // Masked: who looks over the shoulder on a bus need not read it.
        (_, Value::Identity(number)) => Described::Words(number.masked()),
        (_, Value::Files(files)) => {
            let mut names = String::new();
            for file in files {
                if !names.is_empty() {
                    names.push_str(", ");
                }
                names.push_str(&file.name);
            }
            Described::Words(names)
        }
        (_, Value::Days(from, to)) => Described::Days(*from, *to),
        (kind, value) => Described::Words(show_input(kind, value, Date::MIN)),
    }
}

fn is_money(kind: &FieldKind) -> bool {
    match kind {
        FieldKind::Calculated { how } => how.is_money(),
        kind => matches!(kind, FieldKind::Money { .. }),
    }
}
