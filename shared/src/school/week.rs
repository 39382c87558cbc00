//! The school week. Owns the ISO 8601 week as a value; must not know which weeks have teaching.

use std::fmt;

use crate::date::Date;
use crate::text_value::{ascii, number, put_number, travels_as_text};
use crate::violation::Code;

/// An ISO 8601 week, written `2026-W34`. Earlier weeks are smaller.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Week {
    year: i16,
    number: u8,
}

travels_as_text!(Week, parse, to_string, "^[0-9]{4}-W[0-9]{2}$");

impl Week {
    /// The week, or `None` when the year lacks it (most have 52) or lies outside the years 1 to 9998.
    pub fn new(year: i32, number: u8) -> Option<Self> {
        // 28 December is always in the last week of its year.
        let last = Date::new(year, 12, 28)?.iso_week().1;
        let exists = (1..=9998).contains(&year) && (1..=last).contains(&number);
        exists.then_some(Self { year: year as i16, number })
    }

    /// The week that the day belongs to.
    pub fn containing(date: Date) -> Self {
        let (year, number) = date.iso_week();
        let edge = if year < 1 { Self { year: 1, number: 1 } } else { Self { year: 9998, number: 52 } };
        Self::new(year, number).unwrap_or(edge)
    }

    /// Reads `2026-W34`.
    ///
    /// # Errors
    /// [`Code::NotADate`] for any other text, and for weeks that the year does not have.
    pub fn parse(text: &str) -> Result<Self, Code> {
        let &[y1, y2, y3, y4, b'-', b'W', w1, w2] = text.trim().as_bytes() else {
            return Err(Code::NotADate);
        };
        let week = number(&[y1, y2, y3, y4]).zip(number(&[w1, w2]));
        week.and_then(|(year, week)| Self::new(year, week as u8)).ok_or(Code::NotADate)
    }

    /// The ISO year; around New Year it differs from the calendar year of some days.
    pub fn year(self) -> i32 {
        i32::from(self.year)
    }

    /// The number that Swedes plan by, 1 to 53.
    pub fn number(self) -> u8 {
        self.number
    }

    /// The first day of the week.
    pub fn monday(self) -> Date {
        // 4 January is always in week 1.
        let in_first_week = Date::new(self.year(), 1, 4).unwrap_or(Date::MIN);
        let back = i32::from(in_first_week.weekday().number()) - 1;
        in_first_week.add_days(i32::from(self.number) * 7 - 7 - back)
    }
}

impl fmt::Display for Week {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = *b"0000-W00";
        put_number(&mut text[..4], u32::from(self.year.unsigned_abs()));
        put_number(&mut text[6..], u32::from(self.number));
        f.write_str(ascii(&text))
    }
}

impl fmt::Debug for Week {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_long_years() {
        let week = |text| Week::containing(Date::parse_iso(text).unwrap()).to_string();
        assert_eq!(week("2026-08-17"), "2026-W34");
        assert_eq!(week("2027-01-03"), "2026-W53");
        assert_eq!(week("2027-01-04"), "2027-W01");
        assert_eq!(Week::parse("2026-W34").unwrap().monday().to_string(), "2026-08-17");
        assert_eq!(Week::parse("2026-W53").unwrap().monday().to_string(), "2026-12-28");
        for wrong in ["", "2027-W53", "2026-W54", "2026-W00", "2026-34", "2026W34", "0000-W01", "9999-W01"] {
            assert_eq!(Week::parse(wrong), Err(Code::NotADate), "{wrong}");
        }
    }
}
