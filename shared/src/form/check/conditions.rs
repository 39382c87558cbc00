//! Whether what is asked on a condition can ever be asked.

use super::finding::{Finding, FindingCode};
use crate::fact::Value;
use crate::form::builder::new_field;
use crate::form::{
    Act, AgeRange, ChoiceOption, Condition, DecisionOutcome, DecisionRule, Field, FieldKey, FieldKind,
    OUTCOME, Texts,
};
use crate::school::SchoolForm;

pub(super) fn check(act: &Act, found: &mut Vec<Finding>) {
    let applies = act.applies_if.as_ref();
    walk(&act.fields, &[], (act.key.as_str(), applies), found);
    if let Some(rule) = &act.decision {
        // Whoever handles an application looks at what was applied for and at what is decided too.
        let around: Vec<Field> = act.fields.iter().cloned().chain([outcome(rule)]).collect();
        walk(&rule.fields, &around, (act.key.as_str(), applies), found);
    }
    if applies.is_some_and(is_never) {
        found.push(Finding::new(FindingCode::Unreachable, act.key.as_str()));
    }
}

/// Looks at fields and their columns. `around`: what their conditions can look at besides each other.
fn walk(
    fields: &[Field],
    around: &[Field],
    (act, applies): (&str, Option<&Condition>),
    found: &mut Vec<Finding>,
) {
    let scope: Vec<Field> = fields.iter().chain(around).cloned().collect();
    let is_seen = |scope: &[Field], at: usize| {
        // For children that the part is not for, no question of it is asked.
        let both: Vec<Condition> = applies.into_iter().chain(&scope[at].visible_if).cloned().collect();
        let excluded = both.len() == 2 && !both.iter().any(is_never) && is_never(&Condition::All(both));
        !excluded && is_reachable(scope, at, &mut Vec::new())
    };
    for (at, field) in fields.iter().enumerate() {
        let path = format!("{act}/{}", field.key.as_str());
        look(field, &path, &scope, found);
        if !is_seen(&scope, at) {
            found.push(Finding::new(FindingCode::Unreachable, path.clone()));
        }
        // Within a row a column stands before a field of the act with the same name.
        let columns = field.kind.columns();
        let within: Vec<Field> = columns.iter().chain(&scope).cloned().collect();
        for (at, column) in columns.iter().enumerate() {
            let path = format!("{path}.{}", column.key.as_str());
            look(column, &path, &within, found);
            if !is_seen(&within, at) {
                found.push(Finding::new(FindingCode::Unreachable, path));
            }
        }
    }
}

/// What is decided, as a question that the handler's own can look at.
fn outcome(rule: &DecisionRule) -> Field {
    let option = |outcome: &DecisionOutcome| ChoiceOption {
        key: outcome.as_str().to_owned(),
        label: Texts::default(),
    };
    let kind = FieldKind::Choice { options: rule.outcomes.iter().map(option).collect() };
    Field { key: FieldKey(OUTCOME.to_owned()), ..new_field(&[], Texts::default(), kind) }
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
        Condition::Some(key) => asks(key, &|_| true),
        Condition::AtLeast(key, least) => asks(key, &|kind| sizes(kind).1 >= *least),
        Condition::AtMost(key, most) => asks(key, &|kind| sizes(kind).0 <= *most),
        Condition::All(all) => all.iter().all(|each| can_hold(each, fields, above)),
        Condition::Any(any) => any.iter().any(|each| can_hold(each, fields, above)),
        // What is not so can nearly always be: only what is never otherwise would make it false.
        _ => true,
    }
}

/// The smallest and the largest that an answer of this kind can be, as [`Condition::AtLeast`] counts.
fn sizes(kind: &FieldKind) -> (i64, i64) {
    match kind {
        FieldKind::Number { min, max } | FieldKind::Money { min, max } => (*min, *max),
        FieldKind::Choices { options, .. } => (0, i64::try_from(options.len()).unwrap_or(i64::MAX)),
        FieldKind::Rows { most, .. } => (0, i64::from(*most)),
        FieldKind::Files { most, .. } => (0, i64::from(*most)),
        _ => (i64::MIN, i64::MAX),
    }
}

/// True for what contradicts itself: two answers to one question, an empty list, ages and grades the wrong way round, two school
/// forms or grades at once.
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
    let all = flat(all);
    all.iter().enumerate().any(|(at, condition)| {
        all[..at].iter().any(|other| match (condition, other) {
            (Condition::Is(a, x), Condition::Is(b, y)) => a == b && x != y,
            (Condition::AtLeast(a, least), Condition::AtMost(b, most))
            | (Condition::AtMost(b, most), Condition::AtLeast(a, least)) => a == b && least > most,
            (Condition::SchoolForm(some), Condition::SchoolForm(others)) => is_apart(some, others),
            (Condition::Grade(from, to), Condition::Grade(first, last)) => to < first || last < from,
            (Condition::Age(some), Condition::Age(others)) => {
                let ends_before = |one: &AgeRange, other: &AgeRange| {
                    one.on == other.on
                        && matches!((one.below, other.from), (Some(below), Some(from)) if below <= from)
                };
                ends_before(some, others) || ends_before(others, some)
            }
            (Condition::Not(inner), other) | (other, Condition::Not(inner)) => **inner == **other,
            _ => false,
        })
    })
}

/// All that must hold together, however it is nested.
fn flat(all: &[Condition]) -> Vec<&Condition> {
    all.iter()
        .flat_map(|condition| match condition {
            Condition::All(inner) => flat(inner),
            other => vec![other],
        })
        .collect()
}

fn is_apart(some: &[SchoolForm], others: &[SchoolForm]) -> bool {
    !some.iter().any(|form| others.contains(form))
}
