//! The school year (läsår). Owns which days belong to which; must not know terms or holidays, which each huvudman sets.

use std::fmt;

use crate::date::Date;
use crate::text_value::{ascii, number, put_number, travels_as_text};
use crate::violation::Code;

/// A school year, written `2026/2027`.
///
/// Teaching starts in August and ends in June (skolförordningen 2011:185, 3 kap. 2 §); the year is taken to turn on
/// 1 July, so that each day belongs to one and forms sent in July are about the coming autumn.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SchoolYear(i16);

travels_as_text!(SchoolYear, parse, to_string, "^[0-9]{4}/[0-9]{4}$");

/// The years whose first and last day can both be written.
const YEARS: std::ops::RangeInclusive<i32> = 0..=9998;

impl SchoolYear {
    /// The school year that starts in the summer of `year`, or `None` outside the years 0 to 9998.
    pub fn starting(year: i32) -> Option<Self> {
        YEARS.contains(&year).then_some(Self(year as i16))
    }

    /// The school year that the day belongs to.
    pub fn containing(date: Date) -> Self {
        let year = if date.month() >= 7 { date.year() } else { date.year() - 1 };
        Self(year.clamp(*YEARS.start(), *YEARS.end()) as i16)
    }

    /// Reads `2026/2027` or the shorter `2026/27`.
    ///
    /// # Errors
    /// [`Code::NotASchoolYear`] for any other text, and when the second year does not follow the first.
    pub fn parse(text: &str) -> Result<Self, Code> {
        let (first, second) = text.trim().split_once('/').ok_or(Code::NotASchoolYear)?;
        let modulus = if second.len() == 2 { 100 } else { 10_000 };
        let written = (first.len(), second.len());
        match (number(first.as_bytes()), number(second.as_bytes())) {
            (Some(year), Some(next)) if matches!(written, (4, 2 | 4)) && (year + 1) % modulus == next => {
                Self::starting(year).ok_or(Code::NotASchoolYear)
            }
            _ => Err(Code::NotASchoolYear),
        }
    }

    /// The calendar year in which it starts.
    pub fn first_calendar_year(self) -> i32 {
        i32::from(self.0)
    }

    /// 1 July.
    pub fn first_day(self) -> Date {
        Date::new(self.first_calendar_year(), 7, 1).unwrap_or(Date::MIN)
    }

    /// 30 June of the following year.
    pub fn last_day(self) -> Date {
        Date::new(self.first_calendar_year() + 1, 6, 30).unwrap_or(Date::MAX)
    }

    /// The school year after this one; the last that can be written stays.
    #[must_use]
    pub fn next(self) -> Self {
        Self::starting(self.first_calendar_year() + 1).unwrap_or(self)
    }
}

impl fmt::Display for SchoolYear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let first = u32::from(self.0.unsigned_abs());
        let mut text = *b"0000/0000";
        put_number(&mut text[..4], first);
        put_number(&mut text[5..], first + 1);
        f.write_str(ascii(&text))
    }
}

impl fmt::Debug for SchoolYear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turns_on_the_first_of_july() {
        let year = |text| SchoolYear::containing(Date::parse_iso(text).unwrap()).to_string();
        assert_eq!(year("2026-06-30"), "2025/2026");
        assert_eq!(year("2026-07-01"), "2026/2027");
        assert_eq!(year("2027-01-01"), "2026/2027");
        assert_eq!(year("9999-12-31"), "9998/9999");
        assert_eq!(year("0000-01-01"), "0000/0001");
    }

    #[test]
    fn reads_and_counts() {
        let year = SchoolYear::parse("2026/2027").unwrap();
        assert_eq!(SchoolYear::parse("2026/27"), Ok(year));
        assert_eq!(SchoolYear::parse("2099/00").unwrap().to_string(), "2099/2100");
        assert_eq!(
            (year.first_day().to_string(), year.last_day().to_string()),
            ("2026-07-01".into(), "2027-06-30".into())
        );
        assert_eq!(year.next().first_day(), year.last_day().add_days(1));
        for wrong in [
            "",
            "2026",
            "2026/2028",
            "2026/2026",
            "2026-2027",
            "26/27",
            "2026/027",
            "9999/0000",
            "2026/20277",
        ] {
            assert_eq!(SchoolYear::parse(wrong), Err(Code::NotASchoolYear), "{wrong}");
        }
    }
}
