use super::answers::Answers;
use super::condition::Setting;
use super::definition::{Act, Rule};
use super::field::{Field, FieldKey, FieldKind};
use crate::fact::{Row, Value};
use crate::violation::{Code, Violation};

/// What is kept of the answers: hidden and unknown fields fall away, texts are trimmed, empty values are no answers.
pub fn normalise(act: &Act, answers: &Answers, setting: &Setting) -> Answers {
    let trimmed: Answers = answers
        .0
        .iter()
        .filter(|(key, _)| act.field(key).is_some())
        .filter_map(|(key, value)| Some((key.clone(), trim(value)?)))
        .collect();
    // Hiding a field can hide the one that hangs on it: repeat until nothing more falls away.
    let mut kept = trimmed;
    loop {
        let visible: Answers = act
            .fields
            .iter()
            .filter(|field| field.is_visible(&kept, setting))
            .filter_map(|field| Some((field.key.clone(), kept.get(&field.key)?.clone())))
            .collect();
        if visible == kept {
            return kept;
        }
        kept = visible;
    }
}

fn trim(value: &Value) -> Option<Value> {
    let value = match value {
        Value::Text(text) => Value::Text(text.trim().to_owned()),
        Value::Rows(rows) => Value::Rows(rows.iter().map(trim_row).filter(|row| !row.is_empty()).collect()),
        other => other.clone(),
    };
    (!value.is_empty()).then_some(value)
}

fn trim_row(row: &Row) -> Row {
    let mut trimmed = Row::new();
    for (key, value) in row {
        if let Some(value) = trim(value) {
            trimmed.insert(key.clone(), value);
        }
    }
    trimmed
}

/// Everything that is wrong with normalised answers. Paths are field keys, `contacts.0.phone` within rows.
pub fn validate(act: &Act, answers: &Answers, setting: &Setting) -> Vec<Violation> {
    let mut found = Vec::new();
    for key in answers.0.keys() {
        if !act.field(key).is_some_and(|field| field.is_visible(answers, setting)) {
            found.push(Violation::new(key.as_str(), Code::UnknownField));
        }
    }
    for field in act.fields.iter().filter(|field| field.is_visible(answers, setting)) {
        check_field(field, answers.get(&field.key), field.key.as_str(), &mut found);
    }
    for rule in &act.rules {
        check_rule(rule, act, answers, setting, &mut found);
    }
    found
}

fn check_field(field: &Field, value: Option<&Value>, path: &str, found: &mut Vec<Violation>) {
    match value {
        Some(value) if !value.is_empty() => check_value(&field.kind, value, path, found),
        _ if field.required => found.push(Violation::new(path, Code::Required)),
        _ => {}
    }
}

fn check_value(kind: &FieldKind, value: &Value, path: &str, found: &mut Vec<Violation>) {
    match (kind, value) {
        (FieldKind::Text { max } | FieldKind::LongText { max, .. }, Value::Text(text)) => {
            check_text(text, *max, matches!(kind, FieldKind::LongText { .. }), path, found);
        }
        (FieldKind::Number { min, max }, Value::Number(number)) => {
            if number < min {
                found.push(Violation::new(path, Code::TooSmall).with("min", min));
            } else if number > max {
                found.push(Violation::new(path, Code::TooLarge).with("max", max));
            }
        }
        (FieldKind::Choice { options }, Value::Choice(chosen)) => {
            if !options.iter().any(|option| option.key == *chosen) {
                found.push(Violation::new(path, Code::UnknownOption));
            }
        }
        (FieldKind::Choices { options, .. }, Value::Choices(chosen)) => {
            let known = |key: &String| options.iter().any(|option| option.key == *key);
            let repeated = (1..chosen.len()).any(|at| chosen[..at].contains(&chosen[at]));
            if repeated || !chosen.iter().all(known) {
                found.push(Violation::new(path, Code::UnknownOption));
            }
        }
        (FieldKind::Rows { fields, least, most, .. }, Value::Rows(rows)) => {
            check_rows(fields, rows, usize::from(*least)..=usize::from(*most), path, found);
        }
        (FieldKind::Date {}, Value::Date(_))
        | (FieldKind::YesNo {} | FieldKind::Consent { .. }, Value::Flag(_))
        | (FieldKind::Phone {}, Value::Phone(_))
        | (FieldKind::Email {}, Value::Email(_)) => {}
        _ => found.push(Violation::new(path, Code::WrongKind)),
    }
}

fn check_text(text: &str, max: u16, lines: bool, path: &str, found: &mut Vec<Violation>) {
    if text.chars().count() > usize::from(max) {
        found.push(Violation::new(path, Code::TooLong).with("max", max));
    }
    if text.chars().any(|c| is_unprintable(c, lines)) {
        found.push(Violation::new(path, Code::UnprintableText));
    }
}

/// Control characters, and those that reorder or hide text around them (Unicode TR 36).
fn is_unprintable(c: char, lines: bool) -> bool {
    let line_break = matches!(c, '\n' | '\r' | '\t');
    (c.is_control() && !(lines && line_break))
        || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}')
}

fn check_rows(
    fields: &[Field],
    rows: &[Row],
    bounds: std::ops::RangeInclusive<usize>,
    path: &str,
    found: &mut Vec<Violation>,
) {
    if rows.len() < *bounds.start() {
        found.push(Violation::new(path, Code::TooFew).with("least", bounds.start()));
    }
    if rows.len() > *bounds.end() {
        found.push(Violation::new(path, Code::TooMany).with("most", bounds.end()));
    }
    for (at, row) in rows.iter().enumerate() {
        let path = format!("{path}.{at}");
        for field in fields {
            check_field(field, row.get(field.key.as_str()), &format!("{path}.{}", field.key.as_str()), found);
        }
        for key in row.keys().filter(|key| !fields.iter().any(|field| field.key.as_str() == *key)) {
            found.push(Violation::new(format!("{path}.{key}"), Code::UnknownField));
        }
    }
}

fn check_rule(rule: &Rule, act: &Act, answers: &Answers, setting: &Setting, found: &mut Vec<Violation>) {
    let asked = |key: &FieldKey| act.field(key).is_some_and(|field| field.is_visible(answers, setting));
    match rule {
        Rule::AtLeastOneOf(keys) => {
            let asked: Vec<_> = keys.iter().filter(|key| asked(key)).collect();
            if let Some(first) = asked.first()
                && asked.iter().all(|key| answers.get(key).is_none())
            {
                found.push(Violation::new(first.as_str(), Code::Required));
            }
        }
        Rule::DateOrder(first, then) => {
            if let (Some(Value::Date(from)), Some(Value::Date(to))) = (answers.get(first), answers.get(then))
                && from > to
            {
                found.push(Violation::new(then.as_str(), Code::TooEarly).with("earliest", from));
            }
        }
    }
}
