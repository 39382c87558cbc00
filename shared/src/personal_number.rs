//! The Swedish personal number: personnummer, samordningsnummer and the temporary numbers of school registers.
//!
//! Owns: the rules of 18 § folkbokföringslagen (1991:481) and SKV 704, the century of a ten-digit number, masking.
//! Called by forms, import and sign-in. Must not be shown or sent by accident: there is no `Display` and no
//! `Serialize`, and `Debug` is redacted. Who needs the digits asks for them by name and answers for why.

use std::fmt;

use crate::date::Date;
use crate::text_value::{ascii, is_dash, is_gap, number, put_number};
use crate::violation::Code;

/// The earliest year of birth that can stand in a number (SKV 704: centuries 18, 19 and 20).
const FIRST_YEAR: i32 = 1800;

/// A personal number that has passed every check, held in its twelve-character form.
///
/// It may be processed only when clearly motivated by the purpose, by secure identification or by another notable
/// reason (lag 2018:218, 3 kap. 10 §), so the type deliberately lacks `Display` and `Serialize`:
///
/// ```compile_fail
/// fn log(number: &skolstart_shared::PersonalNumber) -> String {
///     number.to_string()
/// }
/// ```
///
/// ```compile_fail
/// fn send(number: &skolstart_shared::PersonalNumber) -> serde_json::Value {
///     serde_json::json!(number)
/// }
/// ```
///
/// A person can change number, so it never serves as a key: that is [`PersonId`](crate::id::PersonId).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PersonalNumber {
    text: [u8; 12],
    birth: Date,
}

/// Which kind of number it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PersonalNumberKind {
    /// Given at birth or at registration in the population register.
    Personnummer,
    /// Given to people who are not in the population register: 60 is added to the day.
    Samordningsnummer,
    /// `YYYYMMDDTFnn`, made by a school register for somebody without either. Not unique outside that register.
    Temporary,
}

/// What was typed, without what stands between.
struct Typed {
    text: [u8; 12],
    length: usize,
    plus: bool,
}

impl PersonalNumber {
    /// Reads what a person types: ten or twelve digits, with or without `-` or `+` before the last four, spaces
    /// anywhere, or a temporary number `YYYYMMDDTFnn` in any case.
    ///
    /// Ten digits get the latest century in which the person is born by `today`; with `+` the latest in which the
    /// person turns at least 100 in the year of `today`.
    ///
    /// # Errors
    /// [`Code::PersonalNumberLength`], [`Code::PersonalNumberDate`] (also a `+` on twelve digits of somebody younger),
    /// [`Code::PersonalNumberCheckDigit`] (also birth number 000) or [`Code::PersonalNumberInFuture`].
    pub fn parse(input: &str, today: Date) -> Result<Self, Code> {
        let typed = Typed::read(input)?;
        let text = if typed.length == 12 { typed.text } else { typed.with_century(today)? };
        let parsed = Self::check(text)?;
        if parsed.birth > today {
            return Err(Code::PersonalNumberInFuture);
        }
        if typed.plus && !parsed.turns_hundred(today) {
            return Err(Code::PersonalNumberDate);
        }
        Ok(parsed)
    }

    /// Reads the stored form, exactly what [`Self::as_str12`] gives. Needs no `today`, as the century is written.
    ///
    /// # Errors
    /// As [`Self::parse`], except that the future is not looked at.
    pub fn parse_stored(text: &str) -> Result<Self, Code> {
        let text = text.as_bytes().try_into().map_err(|_| Code::PersonalNumberLength)?;
        Self::check(text)
    }

    fn check(text: [u8; 12]) -> Result<Self, Code> {
        let temporary = text[8..10] == *b"TF";
        let serial = if temporary { &text[10..] } else { &text[8..] };
        let (Some(year), Some(month), Some(day), Some(serial)) =
            (number(&text[..4]), number(&text[4..6]), number(&text[6..8]), number(serial))
        else {
            return Err(Code::PersonalNumberLength);
        };
        let day = if temporary { day } else { day_of_birth(day) };
        let birth = Date::new(year, month as u8, day as u8)
            .filter(|birth| birth.year() >= FIRST_YEAR)
            .ok_or(Code::PersonalNumberDate)?;
        // The birth number (the first three of the four) starts at 001.
        if !temporary && (serial < 10 || !luhn_holds(&text[2..])) {
            return Err(Code::PersonalNumberCheckDigit);
        }
        Ok(Self { text, birth })
    }

    /// The twelve characters `YYYYMMDDNNNC` or `YYYYMMDDTFnn`: for sealed storage and for exchange with registers,
    /// never for a log, an address, a file name or a message.
    pub fn as_str12(&self) -> &str {
        ascii(&self.text)
    }

    /// The date that the number states, for a samordningsnummer without the added 60. A register may hold another
    /// date of birth, and then the register is right: numbers run out for some dates.
    pub fn birth_date(&self) -> Date {
        self.birth
    }

    /// Which kind of number it is.
    pub fn kind(&self) -> PersonalNumberKind {
        if self.text[8] == b'T' {
            PersonalNumberKind::Temporary
        } else if self.text[6] >= b'6' {
            PersonalNumberKind::Samordningsnummer
        } else {
            PersonalNumberKind::Personnummer
        }
    }

    /// The number as people write it, `YYMMDD-NNNC`, with `+` from the year in which the person turns 100. A
    /// temporary number has no short form and comes whole. Personal data: only for those who may see the number.
    pub fn format_short(&self, today: Date) -> String {
        let whole = self.as_str12();
        if self.kind() == PersonalNumberKind::Temporary {
            return whole.to_owned();
        }
        let sign = if self.turns_hundred(today) { "+" } else { "-" };
        [&whole[2..8], sign, &whole[8..]].concat()
    }

    /// The number with the last four hidden, `20180315-****`: enough to recognise one's own child.
    pub fn masked(&self) -> String {
        [&self.as_str12()[..8], "-****"].concat()
    }

    fn turns_hundred(&self, today: Date) -> bool {
        today.year() - self.birth.year() >= 100
    }
}

impl Typed {
    fn read(input: &str) -> Result<Self, Code> {
        let mut typed = Self { text: [0; 12], length: 0, plus: false };
        let mut sign_at = None;
        for c in input.chars().filter(|c| !is_gap(*c)) {
            if c == '+' || is_dash(c) {
                if sign_at.replace(typed.length).is_some() {
                    return Err(Code::PersonalNumberLength);
                }
                typed.plus = c == '+';
            } else {
                let place = typed.text.get_mut(typed.length).filter(|_| c.is_ascii_alphanumeric());
                *place.ok_or(Code::PersonalNumberLength)? = (c as u8).to_ascii_uppercase();
                typed.length += 1;
            }
        }
        let before_last_four = sign_at.is_none_or(|at| at + 4 == typed.length);
        let complete = typed.length == 10 || typed.length == 12;
        if complete && before_last_four { Ok(typed) } else { Err(Code::PersonalNumberLength) }
    }

    /// Ten digits with their century. The sign changes for everybody on 1 January of the year they turn 100, not on
    /// the birthday, so `+` compares years where `-` compares days.
    fn with_century(&self, today: Date) -> Result<[u8; 12], Code> {
        let [y1, y2, m1, m2, d1, d2, last @ ..] = self.text;
        let (Some(year), Some(month), Some(day), Some(_)) =
            (number(&[y1, y2]), number(&[m1, m2]), number(&[d1, d2]), number(&last[..4]))
        else {
            return Err(Code::PersonalNumberLength);
        };
        let mut year = today.year() / 100 * 100 + year;
        if self.plus {
            year -= if year > today.year() { 200 } else { 100 };
        } else if (year, month, day_of_birth(day))
            > (today.year(), i32::from(today.month()), i32::from(today.day()))
        {
            year -= 100;
        }
        let mut text = [0, 0, y1, y2, m1, m2, d1, d2, last[0], last[1], last[2], last[3]];
        put_number(&mut text[..4], u32::try_from(year).map_err(|_| Code::PersonalNumberDate)?);
        Ok(text)
    }
}

/// A samordningsnummer writes the day as 61 to 91.
fn day_of_birth(day: i32) -> i32 {
    if day > 60 { day - 60 } else { day }
}

/// True when the last of the ASCII digits is the Luhn check digit of those before (SKV 704: weights 2, 1, 2, … from
/// the left over nine digits). For a samordningsnummer the digits are taken as written, with 60 added to the day.
pub(crate) fn luhn_holds(digits: &[u8]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(place, digit)| {
            let product = u32::from(digit - b'0') << (place % 2);
            product / 10 + product % 10
        })
        .sum();
    sum.is_multiple_of(10)
}

impl fmt::Debug for PersonalNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PersonalNumber(****)")
    }
}

#[cfg(test)]
mod tests;
