//! A time of day. Owns its text; must not know a day or a time zone.

use std::fmt;

use crate::text_value::{ascii, number, put_number, travels_as_text};
use crate::violation::Code;

/// A time of day to the minute, 00:00 to 23:59. Earlier times are smaller.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TimeOfDay(u16);

travels_as_text!(TimeOfDay, parse, to_string, "^[0-9]{2}:[0-9]{2}$");

/// Minutes in a day.
const DAY: u16 = 24 * 60;

impl TimeOfDay {
    /// The time, or `None` when it is not on the clock.
    pub fn new(hour: u8, minute: u8) -> Option<Self> {
        (hour < 24 && minute < 60).then_some(Self(u16::from(hour) * 60 + u16::from(minute)))
    }

    /// Reads what people write: `7:30`, `07.30`, `0730`, and a whole hour as `7`.
    ///
    /// # Errors
    /// [`Code::NotATime`] for anything else and for times that are not on the clock.
    pub fn parse(text: &str) -> Result<Self, Code> {
        Self::read(text.trim().as_bytes()).ok_or(Code::NotATime)
    }

    fn read(text: &[u8]) -> Option<Self> {
        let (hour, minute) = match text {
            [h] => (number(&[*h])?, 0),
            [h1, h2] => (number(&[*h1, *h2])?, 0),
            [h, b':' | b'.', m1, m2] => (number(&[*h])?, number(&[*m1, *m2])?),
            [h1, h2, b':' | b'.', m1, m2] | [h1, h2, m1, m2] => (number(&[*h1, *h2])?, number(&[*m1, *m2])?),
            _ => return None,
        };
        Self::new(hour as u8, minute as u8)
    }

    /// Minutes since midnight.
    pub fn minutes(self) -> u16 {
        self.0
    }

    /// Minutes from this time until `end`, which is the next day when it is not later.
    pub fn until(self, end: Self) -> u16 {
        (end.0 + DAY - self.0 - 1) % DAY + 1
    }
}

impl fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = *b"00:00";
        put_number(&mut text[..2], u32::from(self.0 / 60));
        put_number(&mut text[3..], u32::from(self.0 % 60));
        f.write_str(ascii(&text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_people_write() {
        for (typed, read) in
            [("7", "07:00"), ("16", "16:00"), ("7.30", "07:30"), ("0745", "07:45"), (" 23:59 ", "23:59")]
        {
            assert_eq!(TimeOfDay::parse(typed).map(|time| time.to_string()), Ok(read.to_owned()), "{typed}");
        }
        for wrong in ["", "24:00", "7:60", "7:3", "halv åtta", "-7", "12345"] {
            assert_eq!(TimeOfDay::parse(wrong), Err(Code::NotATime), "{wrong}");
        }
    }

    #[test]
    fn a_night_ends_the_next_day() {
        let at = |text| TimeOfDay::parse(text).unwrap();
        assert_eq!(at("22:00").until(at("06:00")), 8 * 60);
        assert_eq!(at("07:30").until(at("16:00")), 8 * 60 + 30);
        assert_eq!(at("00:00").until(at("00:00")), DAY);
    }
}
