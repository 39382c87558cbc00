//! A day in the calendar. Owns the arithmetic (proleptic Gregorian, years 0000 to 9999); must not know time of day.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::text_value::{ascii, number, put_number, travels_as_text};
use crate::violation::Code;

/// A civil date, years 0000 to 9999. Earlier days are smaller.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: i16,
    month: u8,
    day: u8,
}

travels_as_text!(Date, parse_iso, to_string, "^[0-9]{4}-[0-9]{2}-[0-9]{2}$");

/// A day of the week; Monday is the first, as in ISO 8601 and in Sweden.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs, reason = "the names of the days say it")]
pub enum Weekday {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

impl Weekday {
    /// The days in order.
    pub const ALL: [Self; 7] = [
        Self::Monday,
        Self::Tuesday,
        Self::Wednesday,
        Self::Thursday,
        Self::Friday,
        Self::Saturday,
        Self::Sunday,
    ];

    /// 1 for Monday to 7 for Sunday (ISO 8601).
    pub fn number(self) -> u8 {
        self as u8 + 1
    }
}

impl Date {
    /// The first day that can be written, 0000-01-01.
    pub const MIN: Self = Self { year: 0, month: 1, day: 1 };
    /// The last day that can be written, 9999-12-31.
    pub const MAX: Self = Self { year: 9999, month: 12, day: 31 };

    /// The day, or `None` when it is not in the calendar or outside the years 0 to 9999.
    pub fn new(year: i32, month: u8, day: u8) -> Option<Self> {
        let exists = (0..=9999).contains(&year)
            && (1..=12).contains(&month)
            && (1..=days_in_month(year, month)).contains(&day);
        exists.then_some(Self { year: year as i16, month, day })
    }

    /// Reads `YYYY-MM-DD` or `YYYYMMDD`.
    ///
    /// # Errors
    /// [`Code::NotADate`] for any other text and for days that are not in the calendar.
    pub fn parse_iso(text: &str) -> Result<Self, Code> {
        Self::from_ascii(text.trim().as_bytes()).ok_or(Code::NotADate)
    }

    pub(super) fn from_ascii(bytes: &[u8]) -> Option<Self> {
        let (&[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] | &[y1, y2, y3, y4, m1, m2, d1, d2]) = bytes
        else {
            return None;
        };
        Self::new(number(&[y1, y2, y3, y4])?, number(&[m1, m2])? as u8, number(&[d1, d2])? as u8)
    }

    /// The year, 0 to 9999.
    pub fn year(self) -> i32 {
        i32::from(self.year)
    }

    /// The month, 1 to 12.
    pub fn month(self) -> u8 {
        self.month
    }

    /// The day of the month, 1 to 31.
    pub fn day(self) -> u8 {
        self.day
    }

    /// The day `days` later, or earlier when negative. Stops at [`Self::MIN`] and [`Self::MAX`].
    #[must_use]
    pub fn add_days(self, days: i32) -> Self {
        Self::from_epoch_days(self.epoch_days().saturating_add(days))
    }

    /// The same day `years` later, or earlier when negative. 29 February becomes 28 February in a common year: a
    /// period ends on the last day of the month when the month lacks the day (lag 1930:173 om beräkning av lagstadgad
    /// tid, 1 §). Stops at [`Self::MIN`] and [`Self::MAX`].
    #[must_use]
    pub fn add_years(self, years: i32) -> Self {
        let year = self.year().saturating_add(years);
        let last = days_in_month(year, self.month);
        let edge = if years < 0 { Self::MIN } else { Self::MAX };
        Self::new(year, self.month, self.day.min(last)).unwrap_or(edge)
    }

    /// Days from `earlier` to this day; negative when this day comes first.
    pub fn days_since(self, earlier: Self) -> i32 {
        self.epoch_days() - earlier.epoch_days()
    }

    /// Whole years lived on `today` by somebody born this day; negative before birth. Who is born on 29 February
    /// turns a year older on 28 February in a common year, see [`Self::add_years`].
    pub fn age_on(self, today: Self) -> i32 {
        let years = today.year() - self.year();
        if self.add_years(years) > today { years - 1 } else { years }
    }

    /// The day of the week.
    pub fn weekday(self) -> Weekday {
        // Day 0, 1 January 1970, was a Thursday.
        Weekday::ALL[(self.epoch_days() + 3).rem_euclid(7) as usize]
    }

    /// The ISO 8601 week: its year, which differs from the calendar year around New Year, and its number, 1 to 53.
    pub fn iso_week(self) -> (i32, u8) {
        // A week belongs to the year of its Thursday, so no table of long years is needed.
        let thursday = self.epoch_days() - i32::from(self.weekday().number()) + 4;
        let year = civil(thursday).0;
        (year, ((thursday - days_from_civil(year, 1, 1)) / 7 + 1) as u8)
    }

    /// Days since 1970-01-01.
    pub(super) fn epoch_days(self) -> i32 {
        days_from_civil(self.year(), self.month, self.day)
    }

    /// The day `days` after 1970-01-01, held between [`Self::MIN`] and [`Self::MAX`].
    pub(super) fn from_epoch_days(days: i32) -> Self {
        let (year, month, day) = civil(days.clamp(Self::MIN.epoch_days(), Self::MAX.epoch_days()));
        Self { year: year as i16, month, day }
    }
}

fn days_in_month(year: i32, month: u8) -> u8 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

// The two conversions follow Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms": years start in March, so
// that the leap day is the last day of a year.
fn days_from_civil(year: i32, month: u8, day: u8) -> i32 {
    let year = if month <= 2 { year - 1 } else { year };
    let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let day_of_year = (153 * ((i32::from(month) + 9) % 12) + 2) / 5 + i32::from(day) - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

fn civil(epoch_days: i32) -> (i32, u8, u8) {
    let days = epoch_days + 719_468;
    let (era, day_of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let march_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * march_month + 2) / 5 + 1;
    let month = if march_month < 10 { march_month + 3 } else { march_month - 9 };
    let year = year_of_era + era * 400 + i32::from(month <= 2);
    (year, month as u8, day as u8)
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = *b"0000-00-00";
        put_number(&mut text[..4], u32::from(self.year.unsigned_abs()));
        put_number(&mut text[5..7], u32::from(self.month));
        put_number(&mut text[8..], u32::from(self.day));
        f.write_str(ascii(&text))
    }
}

impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        Date::parse_iso(text).unwrap()
    }

    #[test]
    fn knows_the_calendar() {
        assert_eq!(date("20260817"), date("2026-08-17"));
        assert!(Date::new(2000, 2, 29).is_some());
        for wrong in ["1900-02-29", "2026-02-29", "2026-04-31", "2026-00-10", "2026-13-01", "2026-01-00"] {
            assert_eq!(Date::parse_iso(wrong), Err(Code::NotADate), "{wrong}");
        }
        for wrong in ["", "2026-8-17", "2026-0817", "202608-17", "2026/08/17", "+026-08-17", "２０２６0817"]
        {
            assert_eq!(Date::parse_iso(wrong), Err(Code::NotADate), "{wrong}");
        }
    }

    #[test]
    fn knows_weekdays_and_iso_weeks() {
        assert_eq!(
            (date("2026-08-17").weekday(), date("2026-08-17").iso_week()),
            (Weekday::Monday, (2026, 34))
        );
        assert_eq!(
            (date("2020-12-31").weekday(), date("2020-12-31").iso_week()),
            (Weekday::Thursday, (2020, 53))
        );
        assert_eq!(
            (date("2027-01-01").weekday(), date("2027-01-01").iso_week()),
            (Weekday::Friday, (2026, 53))
        );
        assert_eq!(date("2018-12-31").iso_week(), (2019, 1));
        assert_eq!(date("1969-12-31").weekday(), Weekday::Wednesday);
    }

    #[test]
    fn counts_days_and_stops_at_the_edges() {
        assert_eq!(date("2024-02-28").add_days(2), date("2024-03-01"));
        assert_eq!(date("2027-01-01").days_since(date("2026-01-01")), 365);
        assert_eq!(Date::MAX.add_days(i32::MAX), Date::MAX);
        assert_eq!(Date::MIN.add_days(i32::MIN), Date::MIN);
        assert_eq!(Date::MAX.add_years(i32::MAX), Date::MAX);
        assert_eq!(Date::MIN.add_years(i32::MIN), Date::MIN);
    }

    #[test]
    fn counts_age_also_for_the_leap_day() {
        let born = date("2016-02-29");
        assert_eq!(born.age_on(date("2026-02-27")), 9);
        assert_eq!(born.age_on(date("2026-02-28")), 10);
        assert_eq!(born.age_on(date("2028-02-28")), 11);
        assert_eq!(born.age_on(date("2028-02-29")), 12);
        assert_eq!(born.age_on(date("2016-02-28")), -1);
    }
}
