//! What is kept of answers: hidden and unknown fields fall away, texts are trimmed, calculated values are worked out.

use super::answers::Answers;
use super::condition::Setting;
use super::definition::Act;
use super::field::Field;
use super::kind::FieldKind;
use super::scope::Scope;
use crate::fact::{Row, Value};

/// What is kept of the answers: hidden and unknown fields fall away, texts are trimmed, empty values are no answers, and
/// what follows from other answers is worked out, whatever was sent for it.
pub fn normalise(act: &Act, answers: &Answers, setting: &Setting) -> Answers {
    let mut kept = Answers::default();
    for field in &act.fields {
        if let Some(value) = answers.get(&field.key).and_then(trim) {
            kept.0.insert(field.key.clone(), value);
        }
    }
    calculate(act, &mut kept, setting);
    // Hiding a field can hide the one that hangs on it, and change what is calculated from it: repeat until nothing more
    // changes. Each turn settles at least one field, so that there are never more turns than fields.
    for _ in 0..=act.fields.len() {
        let scope = Scope::act(&kept, setting);
        let mut next = Answers::default();
        for field in &act.fields {
            if let Some(value) = settle(field, kept.get(&field.key), &scope) {
                next.0.insert(field.key.clone(), value);
            }
        }
        if next == kept {
            break;
        }
        kept = next;
    }
    kept
}

/// Works out what follows from the answers before anything is hidden for want of it. One value can follow from another.
fn calculate(act: &Act, answers: &mut Answers, setting: &Setting) {
    let calculated = || act.fields.iter().filter(|field| matches!(field.kind, FieldKind::Calculated { .. }));
    for _ in calculated() {
        let before = answers.clone();
        let scope = Scope::act(&before, setting);
        for field in calculated() {
            let value = settle(field, None, &scope);
            answers.set(&field.key, value);
        }
        if *answers == before {
            break;
        }
    }
}

/// The value of a field as it stands among the others.
fn settle(field: &Field, value: Option<&Value>, scope: &Scope<'_>) -> Option<Value> {
    if !field.is_visible_in(scope) {
        return None;
    }
    match (&field.kind, value) {
        (FieldKind::Information { .. }, _) => None,
        (FieldKind::Calculated { how }, _) => how.value(scope),
        (FieldKind::Rows { fields, .. }, Some(Value::Rows(rows))) => {
            let mut settled = Vec::with_capacity(rows.len());
            for row in rows {
                settled.push(settle_row(fields, row, scope));
            }
            Some(Value::Rows(settled))
        }
        (_, value) => value.cloned(),
    }
}

/// Cells of columns that are not there stay, so that they are refused and not dropped in silence.
fn settle_row(fields: &[Field], row: &Row, outer: &Scope<'_>) -> Row {
    let row = &calculate_row(fields, row, outer);
    let mut settled = row.clone();
    let scope = Scope::row(row, outer);
    for field in fields {
        match settle(field, row.get(field.key.as_str()), &scope) {
            Some(value) => drop(settled.insert(field.key.as_str().to_owned(), value)),
            None => drop(settled.remove(field.key.as_str())),
        }
    }
    settled
}

/// As [`calculate`], for the columns of a row.
fn calculate_row(fields: &[Field], row: &Row, outer: &Scope<'_>) -> Row {
    let calculated = || fields.iter().filter(|field| matches!(field.kind, FieldKind::Calculated { .. }));
    let mut row = row.clone();
    for _ in calculated() {
        let before = row.clone();
        let scope = Scope::row(&before, outer);
        for field in calculated() {
            match settle(field, None, &scope) {
                Some(value) => drop(row.insert(field.key.as_str().to_owned(), value)),
                None => drop(row.remove(field.key.as_str())),
            }
        }
        if row == before {
            break;
        }
    }
    row
}

/// The paths of what is not asked: `why`, `contacts.0.phone`. `answers` are normalised; `screen` holds rows as they stand
/// on the screen, where blank ones count too.
pub fn hidden(act: &Act, answers: &Answers, screen: &Answers, setting: &Setting) -> Vec<String> {
    let scope = Scope::act(answers, setting);
    let mut paths = Vec::new();
    for field in &act.fields {
        hide(field, screen.get(&field.key), field.key.as_str(), &scope, &mut paths);
    }
    paths
}

fn hide(field: &Field, value: Option<&Value>, path: &str, scope: &Scope<'_>, paths: &mut Vec<String>) {
    if !field.is_visible_in(scope) {
        paths.push(path.to_owned());
        return;
    }
    // A row that is not there yet is drawn too.
    let blank = [Row::new()];
    let rows = match value {
        Some(Value::Rows(rows)) => rows.as_slice(),
        _ => &blank,
    };
    let columns = field.kind.columns();
    let has_conditions =
        |field: &Field| field.visible_if.is_some() || matches!(field.kind, FieldKind::Rows { .. });
    if !columns.iter().any(has_conditions) {
        return;
    }
    for (at, row) in rows.iter().enumerate() {
        let mut row = row.clone();
        for _ in columns {
            row = settle_row(columns, &row, scope);
        }
        let inner = Scope::row(&row, scope);
        for column in columns {
            let path = [path, ".", &at.to_string(), ".", column.key.as_str()].concat();
            hide(column, row.get(column.key.as_str()), &path, &inner, paths);
        }
    }
}

fn trim(value: &Value) -> Option<Value> {
    let value = match value {
        Value::Text(text) => Value::Text(text.trim().to_owned()),
        Value::Rows(rows) => {
            let mut kept = Vec::with_capacity(rows.len());
            for row in rows {
                let row = trim_row(row);
                if !row.is_empty() {
                    kept.push(row);
                }
            }
            Value::Rows(kept)
        }
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
