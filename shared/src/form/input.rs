use super::field::FieldKind;
use crate::contact::{Email, Phone};
use crate::date::Date;
use crate::fact::Value;
use crate::violation::Code;

/// Reads what somebody typed into a field of one input. `Ok(None)`: nothing was typed.
///
/// # Errors
/// The reason why the text cannot be the answer. Choices and rows are not typed and give [`Code::WrongKind`].
pub fn parse_input(kind: &FieldKind, typed: &str) -> Result<Option<Value>, Code> {
    let text = typed.trim();
    if text.is_empty() {
        return Ok(None);
    }
    match kind {
        FieldKind::Text { .. } | FieldKind::LongText { .. } => Ok(Value::Text(text.to_owned())),
        FieldKind::Number { .. } => parse_number(text).map(Value::Number),
        FieldKind::Date {} => Date::parse_iso(text).map(Value::Date),
        FieldKind::Phone {} => Phone::parse(text).map(Value::Phone),
        FieldKind::Email {} => Email::parse(text).map(Value::Email),
        _ => Err(Code::WrongKind),
    }
    .map(Some)
}

/// The text to start from when a value is edited; empty for kinds that are not typed.
pub fn show_input(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Date(date) => date.to_string(),
        Value::Phone(phone) => phone.display(),
        Value::Email(email) => email.as_str().to_owned(),
        Value::Flag(_) | Value::Choice(_) | Value::Choices(_) | Value::Rows(_) => String::new(),
    }
}

// Spaces group thousands in Swedish: "12 000".
fn parse_number(text: &str) -> Result<i64, Code> {
    let digits: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    digits.parse().map_err(|_| Code::NotANumber)
}
