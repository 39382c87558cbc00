use super::kind::FieldKind;
use crate::contact::{Email, Phone, PostalCode};
use crate::date::{Date, TimeOfDay};
use crate::fact::Value;
use crate::identity::IdentityNumber;
use crate::violation::Code;

/// Reads what somebody typed into a field of one input. `Ok(None)`: nothing was typed. `today` gives the century of a
/// personal number.
///
/// # Errors
/// The reason why the text cannot be the answer. Choices, rows and kinds of several inputs are not typed and give
/// [`Code::WrongKind`].
pub fn parse_input(kind: &FieldKind, typed: &str, today: Date) -> Result<Option<Value>, Code> {
    let text = typed.trim();
    if text.is_empty() {
        return Ok(None);
    }
    match kind {
        FieldKind::Text { .. } | FieldKind::LongText { .. } => Ok(Value::Text(text.to_owned())),
        FieldKind::Number { .. } => parse_number(text).map(Value::Number),
        FieldKind::Money { .. } => parse_amount(text).map(Value::Number),
        FieldKind::Date { .. } => Date::parse_iso(text).map(Value::Date),
        FieldKind::Time {} => TimeOfDay::parse(text).map(Value::Time),
        FieldKind::Phone {} => Phone::parse(text).map(Value::Phone),
        FieldKind::Email {} => Email::parse(text).map(Value::Email),
        FieldKind::PostalCode {} => Ok(Value::Text(postal_code(text))),
        FieldKind::PersonalNumber { other } => {
            IdentityNumber::parse(text, today, *other).map(Value::Identity)
        }
        _ => Err(Code::WrongKind),
    }
    .map(Some)
}

/// The text to start from when a value is edited; empty for kinds that are not typed.
pub fn show_input(kind: &FieldKind, value: &Value, today: Date) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Number(number) if matches!(kind, FieldKind::Money { .. }) => show_amount(*number),
        Value::Number(number) => number.to_string(),
        Value::Date(date) => date.to_string(),
        Value::Time(time) => time.to_string(),
        Value::Phone(phone) => phone.display(),
        Value::Email(email) => email.as_str().to_owned(),
        Value::Identity(number) => number.whole(today),
        _ => String::new(),
    }
}

// Swedish codes are written as on an envelope; what is not one stands as it was typed: abroad they look otherwise.
fn postal_code(text: &str) -> String {
    PostalCode::parse(text).map_or_else(|_| text.to_owned(), |code| code.display())
}

// Spaces group thousands in Swedish: "12 000".
fn parse_number(text: &str) -> Result<i64, Code> {
    let digits: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    digits.parse().map_err(|_| Code::NotANumber)
}

/// Reads an amount in kronor, with öre after a comma or a point: `43 760`, `43760,50`, `12 kr`. The value is in öre.
///
/// # Errors
/// [`Code::NotAnAmount`] for anything else, also for more than two decimals.
pub fn parse_amount(text: &str) -> Result<i64, Code> {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let text = text.strip_suffix("kr").unwrap_or(&text);
    let (kronor, ore) = text.split_once([',', '.']).unwrap_or((text, ""));
    let ore = match ore.len() {
        0 => Ok(0),
        1 => digits(ore).map(|tens| tens * 10),
        2 => digits(ore),
        _ => Err(Code::NotAnAmount),
    }?;
    let (sign, kronor) = match kronor.strip_prefix(['-', '\u{2212}']) {
        Some(rest) => (-1, rest),
        None => (1, kronor),
    };
    let kronor = digits(kronor)?;
    Ok(sign * (kronor * 100 + ore))
}

/// At most twelve digits, so that öre never come near the limit of a number.
fn digits(text: &str) -> Result<i64, Code> {
    let all_digits = !text.is_empty() && text.len() <= 12 && text.bytes().all(|b| b.is_ascii_digit());
    if all_digits { text.parse().map_err(|_| Code::NotAnAmount) } else { Err(Code::NotAnAmount) }
}

/// An amount in öre as kronor, in the Swedish way: `43 760`, `43 760,50`. The space does not break a line.
pub fn show_amount(ore: i64) -> String {
    let (kronor, rest) = (ore.unsigned_abs() / 100, ore.unsigned_abs() % 100);
    let plain = kronor.to_string();
    let mut text = String::with_capacity(plain.len() + 8);
    if ore < 0 {
        text.push('\u{2212}');
    }
    for (at, digit) in plain.chars().enumerate() {
        if at > 0 && (plain.len() - at).is_multiple_of(3) {
            text.push('\u{a0}');
        }
        text.push(digit);
    }
    if rest > 0 {
        text.push(',');
        text.push((b'0' + (rest / 10) as u8) as char);
        text.push((b'0' + (rest % 10) as u8) as char);
    }
    text
}
