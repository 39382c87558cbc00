//! A number that somebody is known by, as the answer to a question in a form.
//!
//! Owns what may stand there: a Swedish personal number, or another number where the form allows it (an LMA number, a
//! foreign identity number, a number in a passport). Unlike [`PersonalNumber`] it travels, because an answer must reach
//! the school; the store seals it like every answer. Must not be shown whole by accident: `Debug` is redacted and
//! [`IdentityNumber::masked`] is what pages show.

use crate::date::Date;
use crate::personal_number::PersonalNumber;
use crate::text_value::travels_as_text;
use crate::violation::Code;

/// See the module. Held as twelve characters, or as `other:` and what was typed.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IdentityNumber(String);

travels_as_text!(IdentityNumber, parse_stored, stored, "^([0-9]{8}([0-9]{4}|TF[0-9]{2})|other:.{3,30})$");

const OTHER: &str = "other:";
/// Longest number of another kind, in characters.
const LONGEST: usize = 30;

impl IdentityNumber {
    /// Reads what a person types. With `other` a number that is no Swedish personal number is taken as it stands.
    ///
    /// # Errors
    /// As [`PersonalNumber::parse`]; with `other` only [`Code::PersonalNumberLength`] for fewer than 3 or more than 30
    /// characters, or characters that no such number has.
    pub fn parse(input: &str, today: Date, other: bool) -> Result<Self, Code> {
        match PersonalNumber::parse(input, today) {
            Ok(number) => Ok(Self(number.as_str12().to_owned())),
            // Ten or twelve digits are meant as a Swedish number: a mistyped one must not pass as a foreign one.
            Err(code) if !other || swedish_length(input) => Err(code),
            Err(_) => Self::other(input.trim()),
        }
    }

    fn other(text: &str) -> Result<Self, Code> {
        let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, ' ' | '-' | '/' | '.' | '+');
        let length = text.chars().count();
        if (3..=LONGEST).contains(&length) && text.chars().all(allowed) {
            Ok(Self([OTHER, text].concat()))
        } else {
            Err(Code::PersonalNumberLength)
        }
    }

    /// Reads the stored form.
    ///
    /// # Errors
    /// When it is neither.
    pub fn parse_stored(text: &str) -> Result<Self, Code> {
        match text.strip_prefix(OTHER) {
            Some(other) => Self::other(other),
            None => PersonalNumber::parse_stored(text).map(|number| Self(number.as_str12().to_owned())),
        }
    }

    fn stored(&self) -> String {
        self.0.clone()
    }

    /// The Swedish personal number, if it is one.
    pub fn personal_number(&self) -> Option<PersonalNumber> {
        PersonalNumber::parse_stored(&self.0).ok()
    }

    /// Enough to recognise one's own: `20180315-****`, or the first characters of another number.
    pub fn masked(&self) -> String {
        match self.personal_number() {
            Some(number) => number.masked(),
            None => {
                let shown: String = self.0.chars().skip(OTHER.len()).take(2).collect();
                [&shown, "****"].concat()
            }
        }
    }

    /// The whole number as people write it, for the one who typed it.
    pub fn whole(&self, today: Date) -> String {
        match self.personal_number() {
            Some(number) => number.format_short(today),
            None => self.0.chars().skip(OTHER.len()).collect(),
        }
    }
}

fn swedish_length(input: &str) -> bool {
    let mut digits = 0;
    for c in input.chars() {
        match c {
            '0'..='9' => digits += 1,
            '-' | '+' | ' ' => {}
            _ => return false,
        }
    }
    digits == 10 || digits == 12
}

impl std::fmt::Debug for IdentityNumber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("IdentityNumber(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, other: bool) -> Result<IdentityNumber, Code> {
        IdentityNumber::parse(text, Date::new(2026, 8, 17).unwrap(), other)
    }

    #[test]
    fn a_mistyped_swedish_number_is_no_foreign_one() {
        // From Skatteverket's test numbers, with the last digit changed.
        assert_eq!(read("201601022385", false).unwrap().masked(), "20160102-****");
        assert_eq!(read("201601022386", true), Err(Code::PersonalNumberCheckDigit));
        assert_eq!(read("LMA 50-123456", false), Err(Code::PersonalNumberLength));
        assert_eq!(read("LMA 50-123456", true).unwrap().masked(), "LM****");
        assert_eq!(read("LMA 50_123456", true), Err(Code::PersonalNumberLength));
    }

    #[test]
    fn travels_and_says_nothing_when_debugged() {
        for number in [read("160102-2385", false).unwrap(), read("AB 123", true).unwrap()] {
            let text = serde_json::to_string(&number).unwrap();
            assert_eq!(serde_json::from_str::<IdentityNumber>(&text).unwrap(), number);
            assert_eq!(format!("{number:?}"), "IdentityNumber(…)");
        }
    }
}
