//! The kinds of field that can be chosen, each as it is before anybody has set its limits.

use super::edit::new_option;
use crate::form::{Calculation, FieldKey, FieldKind, RowShape, Texts};

/// The names of all kinds, in the order in which they are offered: what is asked most stands first.
pub const KINDS: [&str; 25] = [
    "text",
    "long-text",
    "yes-no",
    "choice",
    "choices",
    "number",
    "money",
    "date",
    "days",
    "time",
    "phone",
    "email",
    "postal-code",
    "personal-number",
    "country",
    "language",
    "unit",
    "rows",
    "schedule",
    "files",
    "consent",
    "acknowledge",
    "information",
    "calculated",
    "person",
];

/// The name of a kind, as on the wire and in the translation keys: `kind.NAME`.
pub fn kind_name(kind: &FieldKind) -> &'static str {
    match kind {
        FieldKind::Text { .. } => "text",
        FieldKind::LongText { .. } => "long-text",
        FieldKind::Number { .. } => "number",
        FieldKind::Money { .. } => "money",
        FieldKind::Date { .. } => "date",
        FieldKind::Days { .. } => "days",
        FieldKind::Time {} => "time",
        FieldKind::YesNo {} => "yes-no",
        FieldKind::Choice { .. } => "choice",
        FieldKind::Choices { .. } => "choices",
        FieldKind::Country {} => "country",
        FieldKind::Language {} => "language",
        FieldKind::Phone {} => "phone",
        FieldKind::Email {} => "email",
        FieldKind::PostalCode {} => "postal-code",
        FieldKind::PersonalNumber { .. } => "personal-number",
        FieldKind::Unit { .. } => "unit",
        FieldKind::Files { .. } => "files",
        FieldKind::Schedule { .. } => "schedule",
        FieldKind::Rows { shape: RowShape::Person, .. } => "person",
        FieldKind::Rows { .. } => "rows",
        FieldKind::Consent { .. } => "consent",
        FieldKind::Information { .. } => "information",
        FieldKind::Acknowledge { .. } => "acknowledge",
        FieldKind::Calculated { .. } => "calculated",
    }
}

/// The kind with this name, with limits that suit most. What an earlier kind said that fits is kept: options, texts.
pub fn plain_kind(name: &str, before: Option<&FieldKind>) -> Option<FieldKind> {
    let options = match before {
        Some(FieldKind::Choice { options } | FieldKind::Choices { options, .. }) => options.clone(),
        _ => vec![new_option(&[]), new_option(&["a".to_owned()])],
    };
    let text = match before {
        Some(
            FieldKind::LongText { caution: text, .. }
            | FieldKind::Consent { audience: text }
            | FieldKind::Information { text }
            | FieldKind::Acknowledge { text },
        ) => text.clone(),
        _ => Texts::default(),
    };
    let rows = |shape| FieldKind::Rows {
        fields: before.map(|kind| kind.columns().to_vec()).unwrap_or_default(),
        least: 0,
        most: 5,
        add: Texts::default(),
        row: Texts::default(),
        shape,
    };
    Some(match name {
        "text" => FieldKind::Text { max: 100 },
        "long-text" => FieldKind::LongText { max: 500, caution: text },
        "number" => FieldKind::Number { min: 0, max: 100 },
        "money" => FieldKind::Money { min: 0, max: 10_000_000 },
        "date" => FieldKind::Date { earliest: None, latest: None },
        "days" => FieldKind::Days { earliest: Some(0), latest: Some(365) },
        "time" => FieldKind::Time {},
        "yes-no" => FieldKind::YesNo {},
        "choice" => FieldKind::Choice { options },
        "choices" => FieldKind::Choices { options, none: Texts::default() },
        "country" => FieldKind::Country {},
        "language" => FieldKind::Language {},
        "phone" => FieldKind::Phone {},
        "email" => FieldKind::Email {},
        "postal-code" => FieldKind::PostalCode {},
        "personal-number" => FieldKind::PersonalNumber { other: false },
        "unit" => FieldKind::Unit { school_forms: Vec::new() },
        "files" => FieldKind::Files { most: 3, megabytes: 10, types: Vec::new() },
        "schedule" => {
            FieldKind::Schedule { weeks: 2, times: 1, weekends: false, nights: false, homes: Vec::new() }
        }
        "rows" => rows(RowShape::List),
        "person" => rows(RowShape::Person),
        "consent" => FieldKind::Consent { audience: text },
        "acknowledge" => FieldKind::Acknowledge { text },
        "information" => FieldKind::Information { text },
        "calculated" => FieldKind::Calculated { how: Calculation::Weekdays(FieldKey(String::new())) },
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_a_kind_of_that_name() {
        for name in KINDS {
            assert_eq!(kind_name(&plain_kind(name, None).unwrap()), name);
        }
        assert_eq!(plain_kind("spreadsheet", None), None);
    }

    #[test]
    fn options_follow_from_one_choice_to_the_other() {
        let one = plain_kind("choice", None).unwrap();
        let FieldKind::Choice { options } = &one else { unreachable!() };
        let many = plain_kind("choices", Some(&one)).unwrap();
        assert!(matches!(&many, FieldKind::Choices { options: kept, .. } if kept == options));
    }
}
