//! Whether what is asked on a condition can ever be asked.

use super::finding::{Finding, FindingCode};
use crate::fact::Value;
use crate::form::{Act, Condition, Field, FieldKey, FieldKind};

pub(super) fn check(act: &Act, found: &mut Vec<Finding>) {
    for (at, field) in act.fields.iter().enumerate() {
        look(field, &format!("{}/{}", act.key.as_str(), field.key.as_str()), &act.fields, found);
        if !is_reachable(&act.fields, at, &mut Vec::new()) {
            let path = format!("{}/{}", act.key.as_str(), field.key.as_str());
            found.push(Finding::new(FindingCode::Unreachable, path));
        }
        for (column_at, column) in field.kind.columns().iter().enumerate() {
            // Within a row a column stands before a field of the act with the same name.
            let scope: Vec<Field> = field.kind.columns().iter().chain(&act.fields).cloned().collect();
            let path = format!("{}/{}.{}", act.key.as_str(), field.key.as_str(), column.key.as_str());
            look(column, &path, &scope, found);
            if !is_reachable(&scope, column_at, &mut Vec::new()) {
                found.push(Finding::new(FindingCode::Unreachable, path));
            }
        }
    }
    if act.applies_if.as_ref().is_some_and(is_never) {
        found.push(Finding::new(FindingCode::Unreachable, act.key.as_str()));
    }
}

/// Names and answers in the conditions of a field.
fn look(field: &Field, path: &str, scope: &[Field], found: &mut Vec<Finding>) {
    for condition in [&field.visible_if, &field.required_if].into_iter().flatten() {
        condition.each_field(&mut |key| {
            if !scope.iter().any(|other| other.key == *key) {
                found.push(Finding::new(FindingCode::UnknownField, path).with("field", key.as_str()));
            }
        });
        each_answer(condition, &mut |key, possible| {
            let known = scope.iter().find(|other| other.key == *key);
            if known.is_some_and(|other| !possible(&other.kind)) {
                found.push(Finding::new(FindingCode::UnknownAnswer, path).with("field", key.as_str()));
            }
        });
    }
}

type Possible<'a> = &'a dyn Fn(&FieldKind) -> bool;

fn each_answer(condition: &Condition, visit: &mut dyn FnMut(&FieldKey, Possible<'_>)) {
    match condition {
        Condition::Is(key, value) => visit(key, &|kind| can_be(kind, value)),
        Condition::Chosen(key, option) => visit(key, &|kind| has_option(kind, option)),
        Condition::All(all) | Condition::Any(all) => all.iter().for_each(|each| each_answer(each, visit)),
        Condition::Not(inner) => each_answer(inner, visit),
        _ => {}
    }
}

fn can_be(kind: &FieldKind, value: &Value) -> bool {
    match (kind, value) {
        (FieldKind::YesNo {} | FieldKind::Consent { .. }, Value::Flag(_))
        | (FieldKind::Acknowledge { .. }, Value::Flag(true)) => true,
        (FieldKind::Choice { .. }, Value::Choice(option)) => has_option(kind, option),
        (FieldKind::Choices { .. }, Value::Choices(options)) => {
            options.iter().all(|option| has_option(kind, option))
        }
        (FieldKind::Number { min, max } | FieldKind::Money { min, max }, Value::Number(number)) => {
            (min..=max).contains(&number)
        }
        (FieldKind::Country {} | FieldKind::Language {} | FieldKind::Unit { .. }, Value::Choice(_)) => true,
        (FieldKind::Text { .. } | FieldKind::LongText { .. } | FieldKind::PostalCode {}, Value::Text(_)) => {
            true
        }
        (FieldKind::Date { .. }, Value::Date(_)) | (FieldKind::Calculated { .. }, Value::Number(_)) => true,
        _ => false,
    }
}

fn has_option(kind: &FieldKind, option: &str) -> bool {
    match kind {
        FieldKind::Choice { options } | FieldKind::Choices { options, .. } => {
            options.iter().any(|known| known.key == option)
        }
        _ => false,
    }
}

/// Whether there are answers with which the field at `at` is seen. `above` are those that hang on it: a circle is no way.
fn is_reachable(fields: &[Field], at: usize, above: &mut Vec<usize>) -> bool {
    if above.contains(&at) {
        return false;
    }
    let Some(condition) = &fields[at].visible_if else { return true };
    above.push(at);
    let holds = can_hold(condition, fields, above) && !is_never(condition);
    above.pop();
    holds
}

fn can_hold(condition: &Condition, fields: &[Field], above: &mut Vec<usize>) -> bool {
    let mut asks = |key: &FieldKey, possible: Possible<'_>| {
        fields
            .iter()
            .position(|field| field.key == *key)
            .is_some_and(|at| possible(&fields[at].kind) && is_reachable(fields, at, above))
    };
    match condition {
        Condition::Is(key, value) => asks(key, &|kind| can_be(kind, value)),
        Condition::Chosen(key, option) => asks(key, &|kind| has_option(kind, option)),
        Condition::Some(key) | Condition::AtLeast(key, _) | Condition::AtMost(key, _) => asks(key, &|_| true),
        Condition::All(all) => all.iter().all(|each| can_hold(each, fields, above)),
        Condition::Any(any) => any.iter().any(|each| can_hold(each, fields, above)),
        // What is not so can nearly always be: only what is never otherwise would make it false.
        _ => true,
    }
}

/// True for what contradicts itself: two answers to one question, an empty list, ages and grades the wrong way round.
fn is_never(condition: &Condition) -> bool {
    match condition {
        Condition::SchoolForm(forms) => forms.is_empty(),
        Condition::Grade(from, to) => from > to,
        Condition::Age(range) => {
            matches!((range.from, range.below), (Some(from), Some(below)) if from >= below)
        }
        Condition::Any(any) => any.iter().all(is_never),
        Condition::All(all) => all.iter().any(is_never) || contradicts(all),
        _ => false,
    }
}

fn contradicts(all: &[Condition]) -> bool {
    all.iter().enumerate().any(|(at, condition)| {
        all[..at].iter().any(|other| match (condition, other) {
            (Condition::Is(a, x), Condition::Is(b, y)) => a == b && x != y,
            (Condition::AtLeast(a, least), Condition::AtMost(b, most))
            | (Condition::AtMost(b, most), Condition::AtLeast(a, least)) => a == b && least > most,
            (Condition::Not(inner), other) | (other, Condition::Not(inner)) => **inner == *other,
            _ => false,
        })
    })
}
