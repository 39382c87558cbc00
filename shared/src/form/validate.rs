use super::answers::Answers;
use super::condition::Setting;
use super::definition::{Act, Rule};
use super::field::{Field, FieldKey};
use super::kind::FieldKind;
use super::scope::Scope;
use super::value_check::check_value;
use crate::fact::{Row, Value};
use crate::violation::{Code, Violation};

/// Everything that is wrong with normalised answers. Paths are field keys, `contacts.0.phone` within rows.
pub fn validate(act: &Act, answers: &Answers, setting: &Setting) -> Vec<Violation> {
    let scope = Scope::act(answers, setting);
    let mut found = Vec::new();
    let mut known = 0;
    for field in &act.fields {
        if field.is_visible_in(&scope) {
            let value = answers.get(&field.key);
            known += usize::from(value.is_some());
            check_field(field, value, field.key.as_str(), &scope, &mut found);
        }
    }
    // Looked for only when there is one: looking costs the square of the number of fields.
    if known != answers.0.len() {
        for key in answers.0.keys() {
            if !act.field(key).is_some_and(|field| field.is_visible_in(&scope)) {
                found.push(Violation::new(key.as_str(), Code::UnknownField));
            }
        }
    }
    for (at, rule) in act.rules.iter().enumerate() {
        check_rule(rule, at, act, &scope, &mut found);
    }
    found
}

fn check_field(
    field: &Field,
    value: Option<&Value>,
    path: &str,
    scope: &Scope<'_>,
    found: &mut Vec<Violation>,
) {
    match value {
        Some(value) if !value.is_empty() => match (&field.kind, value) {
            (FieldKind::Rows { .. }, Value::Rows(rows)) => check_rows(&field.kind, rows, path, scope, found),
            _ => check_value(&field.kind, value, path, scope.setting, found),
        },
        _ if field.kind.is_asked() && field.is_required_in(scope) => {
            found.push(Violation::new(path, Code::Required));
        }
        _ => {}
    }
}

fn check_rows(kind: &FieldKind, rows: &[Row], path: &str, scope: &Scope<'_>, found: &mut Vec<Violation>) {
    let FieldKind::Rows { fields, least, most, .. } = kind else { return };
    if rows.len() < usize::from(*least) {
        found.push(Violation::new(path, Code::TooFew).with("least", least));
    }
    if rows.len() > usize::from(*most) {
        found.push(Violation::new(path, Code::TooMany).with("most", most));
    }
    for (at, row) in rows.iter().enumerate() {
        let path = format!("{path}.{at}");
        let inner = Scope::row(row, scope);
        let visible = |field: &&Field| field.is_visible_in(&inner);
        for field in fields.iter().filter(visible) {
            let own = format!("{path}.{}", field.key.as_str());
            check_field(field, row.get(field.key.as_str()), &own, &inner, found);
        }
        for key in row.keys() {
            if !fields.iter().filter(visible).any(|field| field.key.as_str() == key) {
                found.push(Violation::new(format!("{path}.{key}"), Code::UnknownField));
            }
        }
    }
}

fn check_rule(rule: &Rule, at: usize, act: &Act, scope: &Scope<'_>, found: &mut Vec<Violation>) {
    let asked = |key: &FieldKey| act.field(key).is_some_and(|field| field.is_visible_in(scope));
    match rule {
        Rule::AtLeastOneOf(keys) => {
            let asked: Vec<_> = keys.iter().filter(|key| asked(key)).collect();
            if let Some(first) = asked.first()
                && asked.iter().all(|key| scope.get(key).is_none())
            {
                found.push(Violation::new(first.as_str(), Code::Required));
            }
        }
        Rule::DateOrder(first, then) => {
            if let (Some(Value::Date(from)), Some(Value::Date(to))) = (scope.get(first), scope.get(then))
                && from > to
            {
                found.push(Violation::new(then.as_str(), Code::TooEarly).with("earliest", from));
            }
        }
        Rule::Total { fields, column, total } => {
            if let Some(last) = fields.last()
                && let Some(sum) = sum_of(fields, column.as_ref(), scope)
                && sum != *total
            {
                found.push(
                    Violation::new(last.as_str(), Code::WrongTotal).with("total", total).with("sum", sum),
                );
            }
        }
        Rule::Distinct(rows, column) => check_distinct(rows, column, scope, found),
        Rule::Must { holds, at: field, .. } => {
            if asked(field) && !holds.holds_in(scope) {
                found.push(Violation::new(field.as_str(), Code::RuleBroken).with("rule", at));
            }
        }
    }
}

/// `None` when nothing is answered: what is missing is another violation.
fn sum_of(fields: &[FieldKey], column: Option<&FieldKey>, scope: &Scope<'_>) -> Option<i64> {
    let mut sum = None;
    let mut add = |value: Option<&Value>| {
        if let Some(Value::Number(number)) = value {
            sum = Some(i64::saturating_add(sum.unwrap_or(0), *number));
        }
    };
    for field in fields {
        match (scope.get(field), column) {
            (Some(Value::Rows(rows)), Some(column)) => {
                rows.iter().for_each(|row| add(row.get(column.as_str())))
            }
            (value, _) => add(value),
        }
    }
    sum
}

fn check_distinct(rows: &FieldKey, column: &FieldKey, scope: &Scope<'_>, found: &mut Vec<Violation>) {
    let Some(Value::Rows(given)) = scope.get(rows) else { return };
    for (at, row) in given.iter().enumerate() {
        let cell = row.get(column.as_str());
        if cell.is_some() && given[..at].iter().any(|other| other.get(column.as_str()) == cell) {
            let path = format!("{}.{at}.{}", rows.as_str(), column.as_str());
            found.push(Violation::new(path, Code::Repeated));
        }
    }
}
