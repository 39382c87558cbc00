//! Telephone numbers. Owns how they are read, stored (E.164) and shown; must not know who has which number.

use std::fmt;

use crate::text_value::{is_dash, is_gap, travels_as_text};
use crate::violation::Code;

/// A Swedish or foreign telephone number in the form of ITU-T E.164: `+46701234567`.
///
/// Personal data: `Debug` is redacted and there is no `Display`, so that no log line gets it by accident.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Phone(String);

travels_as_text!(Phone, parse, as_str, "^\\+[1-9][0-9]{6,14}$");

/// Longer than any spelling of fifteen digits; the rest is not worth reading.
const LONGEST_INPUT: usize = 100;

/// Swedish area codes of two digits after the zero, with 010 (non-geographic) and 020 (free of charge). 08 has one,
/// all others three (PTS, telefoninummerplanen).
const TWO_DIGIT_AREAS: &[u8] = b"10 11 13 16 18 19 20 21 23 26 31 33 35 36 40 42 44 46 54 60 63 90";

impl Phone {
    /// Reads a number as people write it: `070-123 45 67`, `08-12 34 56 78`, `+46 (0)70 …`, `0046 …`, `+358 …`.
    /// A number without `+` or `00` in front is Swedish and starts with its zero.
    ///
    /// # Errors
    /// [`Code::NotAPhone`] when it cannot be dialled from anywhere: letters, too few or too many digits, emergency and
    /// short numbers such as 112 and 1177.
    pub fn parse(input: &str) -> Result<Self, Code> {
        Self::read(input).ok_or(Code::NotAPhone)
    }

    fn read(input: &str) -> Option<Self> {
        if input.len() > LONGEST_INPUT {
            return None;
        }
        let compact: String = input.chars().filter(|c| !is_gap(*c)).collect();
        let compact = compact.trim_start_matches('(');
        if let Some(abroad) = compact.strip_prefix('+').or_else(|| compact.strip_prefix("00")) {
            // The zero in "+46 (0)70" is for callers inside the country.
            let digits = digits_of(&abroad.replacen("(0)", "", 1))?;
            return match digits.strip_prefix("46") {
                Some(national) => swedish(national.strip_prefix('0').unwrap_or(national)),
                None => foreign(&digits),
            };
        }
        swedish(&digits_of(compact.strip_prefix('0')?)?)
    }

    /// The number as stored, sent and dialled: `+` and up to fifteen digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The number as a Swede writes it: `070-123 45 67`, `08-123 456 78`, foreign `+358 40 123 4567`.
    pub fn display(&self) -> String {
        let mut shown = String::with_capacity(self.0.len() + 6);
        if let Some(national) = self.0.strip_prefix("+46") {
            let (area, local) = national.split_at(area_length(national));
            shown.push('0');
            shown.push_str(area);
            shown.push('-');
            push_grouped(&mut shown, local, |rest| match local.len() {
                5 => rest == 2,
                8 => rest == 5 || rest == 2,
                _ => rest == 4 || rest == 2,
            });
        } else {
            let digits = self.0.trim_start_matches('+');
            let (country, national) = digits.split_at(country_length(digits));
            shown.push('+');
            shown.push_str(country);
            shown.push(' ');
            // Four last and threes before them; a first digit on its own joins the next group.
            push_grouped(&mut shown, national, |rest| {
                rest + 1 != national.len() && rest >= 4 && (rest - 4) % 3 == 0
            });
        }
        shown
    }

    /// True for Swedish mobile numbers, which can get text messages. False for foreign numbers: their first digits do
    /// not tell.
    pub fn is_mobile(&self) -> bool {
        self.0.strip_prefix("+46").is_some_and(is_mobile)
    }
}

/// The digits, when nothing but what people put between digits stands between them.
fn digits_of(text: &str) -> Option<String> {
    let mut digits = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '0'..='9' => digits.push(c),
            '(' | ')' | '.' | '/' => {}
            _ if is_dash(c) => {}
            _ => return None,
        }
    }
    Some(digits)
}

/// A Swedish number without its zero: at most nine digits, of which five or more after the area code.
fn swedish(national: &str) -> Option<Phone> {
    let length = national.len();
    let first = *national.as_bytes().first()?;
    let long_enough = length >= area_length(national) + 5 && length >= 7;
    let fixed_length = is_mobile(national) || national.starts_with("10");
    let dialled = first != b'0' && long_enough && length <= 9 && (!fixed_length || length == 9);
    dialled.then(|| Phone(["+46", national].concat()))
}

/// E.164: a country code that does not start with zero, fifteen digits in all. The lengths that neighbours and large
/// plans fix are checked, as a missing digit is the most common mistake.
fn foreign(digits: &str) -> Option<Phone> {
    let length = digits.len();
    let dialled = match digits.as_bytes() {
        [b'1' | b'7', ..] => length == 11,
        [b'4', b'5' | b'7', ..] => length == 10,
        [b'0', ..] => false,
        _ => (7..=15).contains(&length),
    };
    dialled.then(|| Phone(["+", digits].concat()))
}

fn is_mobile(national: &str) -> bool {
    matches!(national.as_bytes(), [b'7', b'0' | b'2' | b'3' | b'6' | b'9', ..])
}

/// How many digits of a Swedish number, zero not counted, are the area code.
fn area_length(national: &str) -> usize {
    let start = national.as_bytes();
    if start.first() == Some(&b'8') {
        1
    } else if is_mobile(national) || TWO_DIGIT_AREAS.chunks(3).any(|area| start.starts_with(&area[..2])) {
        2
    } else {
        3.min(start.len())
    }
}

/// How many digits are the country code (ITU-T E.164 list of assigned codes).
fn country_length(digits: &str) -> usize {
    match digits.as_bytes() {
        [b'1' | b'7', ..] => 1,
        [b'2', b'0' | b'7', ..]
        | [b'3', b'0'..=b'4' | b'6' | b'9', ..]
        | [b'4', b'0' | b'1' | b'3'..=b'9', ..]
        | [b'5', b'1'..=b'8', ..]
        | [b'6', b'0'..=b'6', ..]
        | [b'8', b'1' | b'2' | b'4' | b'6', ..]
        | [b'9', b'0'..=b'5' | b'8', ..] => 2,
        _ => 3,
    }
}

/// Writes the digits with a space wherever `breaks` says so of the number of digits left.
fn push_grouped(shown: &mut String, digits: &str, breaks: impl Fn(usize) -> bool) {
    for (place, digit) in digits.char_indices() {
        if place > 0 && breaks(digits.len() - place) {
            shown.push(' ');
        }
        shown.push(digit);
    }
}

impl fmt::Debug for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Phone(****)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_people_write() {
        for (typed, stored) in [
            ("070-123 45 67", "+46701234567"),
            ("0701234567", "+46701234567"),
            ("+46 (0)70-123 45 67", "+46701234567"),
            ("+46 070 123 45 67", "+46701234567"),
            ("0046 70 123 45 67", "+46701234567"),
            ("(+46) 70.123.45.67", "+46701234567"),
            ("\u{202d}070\u{a0}123\u{2011}45\u{2009}67\u{202c}", "+46701234567"),
            ("08-12 34 56 78", "+46812345678"),
            ("(08) 123 456", "+468123456"),
            ("046-12 34 56", "+4646123456"),
            ("+358 40 123 4567", "+358401234567"),
            ("00358401234567", "+358401234567"),
            ("+44 (0)20 7946 0000", "+442079460000"),
            ("+1 (212) 555-0100", "+12125550100"),
        ] {
            assert_eq!(Phone::parse(typed), Ok(Phone(stored.to_owned())), "{typed}");
        }
    }

    #[test]
    fn refuses_what_cannot_be_dialled() {
        for wrong in [
            "",
            "+",
            "0",
            "00",
            "112",
            "1177",
            "114 14",
            "90000",
            "0112",
            "+46112",
            "070-123 45 6",
            "070-123 45 678",
            "701234567",
            "46701234567",
            "08-12 34",
            "0123-1234",
            "010-123 45 6",
            "+0701234567",
            "00046701234567",
            "+45 12 34 56 7",
            "+47 123 45 67",
            "+1 212 555 010",
            "+358112",
            "+3581234567890123",
            "070-SKOLAN1",
            "070-123 45 67 ank 3",
            "070+1234567",
            "070 123 45 67, 08 123 456",
        ] {
            assert_eq!(Phone::parse(wrong), Err(Code::NotAPhone), "{wrong}");
        }
    }

    #[test]
    fn shows_as_a_swede_writes() {
        for (stored, shown) in [
            ("+46701234567", "070-123 45 67"),
            ("+46812345678", "08-123 456 78"),
            ("+468123456", "08-12 34 56"),
            ("+4631123456", "031-12 34 56"),
            ("+46311234567", "031-123 45 67"),
            ("+4690123456", "090-12 34 56"),
            ("+46101234567", "010-123 45 67"),
            ("+4649812345", "0498-123 45"),
            ("+46498123456", "0498-12 34 56"),
            ("+358401234567", "+358 40 123 4567"),
            ("+4512345678", "+45 1234 5678"),
            ("+12125550100", "+1 212 555 0100"),
        ] {
            let phone = Phone::parse(stored).unwrap();
            assert_eq!(phone.display(), shown);
            assert_eq!(Phone::parse(shown), Ok(phone));
        }
    }

    #[test]
    fn tells_mobile_from_fixed() {
        assert!(Phone::parse("073-123 45 67").unwrap().is_mobile());
        for fixed in ["08-123 456", "0771-12 34 56", "+358401234567"] {
            assert!(!Phone::parse(fixed).unwrap().is_mobile(), "{fixed}");
        }
    }
}
