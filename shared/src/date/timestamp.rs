//! An instant in UTC. Owns its RFC 3339 text; must not know time zones beyond a written offset.

use std::fmt;

use super::Date;
use crate::text_value::{ascii, number, put_number, travels_as_text};
use crate::violation::Code;

const DAY: i64 = 86_400_000;

/// Milliseconds since 1970-01-01T00:00:00Z, within the years 0000 to 9999. Earlier instants are smaller.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

travels_as_text!(Timestamp, parse, to_string, "^[0-9-]{10}T[0-9:]{8}\\.[0-9]{3}Z$");

impl Timestamp {
    /// The instant so many milliseconds after the Unix epoch, held within the years 0000 to 9999 so that each can be
    /// written.
    pub fn from_millis(millis: i64) -> Self {
        let first = i64::from(Date::MIN.epoch_days()) * DAY;
        let last = (i64::from(Date::MAX.epoch_days()) + 1) * DAY - 1;
        Self(millis.clamp(first, last))
    }

    /// Milliseconds since the Unix epoch; negative before 1970.
    pub fn as_millis(self) -> i64 {
        self.0
    }

    /// The instant `millis` milliseconds later, or earlier when negative.
    #[must_use]
    pub fn plus_millis(self, millis: i64) -> Self {
        Self::from_millis(self.0.saturating_add(millis))
    }

    /// The calendar day in UTC. Between midnight and 01:00 or 02:00 in Sweden this is still yesterday there.
    pub fn date_utc(self) -> Date {
        Date::from_epoch_days(self.0.div_euclid(DAY) as i32)
    }

    /// Reads an RFC 3339 text with `Z` or an offset, such as `2026-08-17T14:02:03.123+02:00`. Digits after the
    /// milliseconds are dropped.
    ///
    /// # Errors
    /// [`Code::NotADate`] for any other text, also one without an offset: it would not say which instant it is.
    pub fn parse(text: &str) -> Result<Self, Code> {
        Self::from_ascii(text.as_bytes()).ok_or(Code::NotADate)
    }

    fn from_ascii(bytes: &[u8]) -> Option<Self> {
        let (date, rest) = bytes.split_first_chunk::<10>()?;
        let (time, rest) = rest.split_first_chunk::<9>()?;
        let date = Date::from_ascii(date)?;
        let &[b'T' | b't' | b' ', h1, h2, b':', m1, m2, b':', s1, s2] = time else { return None };
        // A leap second (:60) counts as the first second of the next minute, as Unix time has no place for it.
        let seconds = below([s1, s2], 61)? + 60 * (below([m1, m2], 60)? + 60 * below([h1, h2], 24)?);
        let (millis, rest) = fraction(rest)?;
        let offset = match rest {
            b"Z" | b"z" => 0,
            &[sign @ (b'+' | b'-'), h1, h2, b':', m1, m2] => {
                let minutes = 60 * below([h1, h2], 24)? + below([m1, m2], 60)?;
                if sign == b'-' { -minutes } else { minutes }
            }
            _ => return None,
        };
        let day = i64::from(date.epoch_days()) * DAY;
        Some(Self::from_millis(day + (seconds - offset * 60) * 1000 + millis))
    }
}

fn below(digits: [u8; 2], limit: i32) -> Option<i64> {
    number(&digits).filter(|value| *value < limit).map(i64::from)
}

/// The milliseconds of `.123456` and what follows; zero when there is no fraction.
fn fraction(bytes: &[u8]) -> Option<(i64, &[u8])> {
    let Some(rest) = bytes.strip_prefix(b".") else { return Some((0, bytes)) };
    let length = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let (digits, rest) = rest.split_at(length);
    let mut millis = *b"000";
    millis.iter_mut().zip(digits).for_each(|(place, digit)| *place = *digit);
    (length > 0).then_some((i64::from(number(&millis)?), rest))
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let millis = self.0.rem_euclid(DAY) as u32;
        let mut text = *b"T00:00:00.000Z";
        put_number(&mut text[1..3], millis / 3_600_000);
        put_number(&mut text[4..6], millis / 60_000 % 60);
        put_number(&mut text[7..9], millis / 1000 % 60);
        put_number(&mut text[10..13], millis % 1000);
        fmt::Display::fmt(&self.date_utc(), f)?;
        f.write_str(ascii(&text))
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_others_write() {
        let written = "2026-08-17T12:02:03.120Z";
        for same in [
            written,
            "2026-08-17T12:02:03.12Z",
            "2026-08-17t14:02:03.120999+02:00",
            "2026-08-17 06:32:03.120-05:30",
            "2026-08-18T00:02:03.120+12:00",
        ] {
            assert_eq!(Timestamp::parse(same).unwrap().to_string(), written, "{same}");
        }
        assert_eq!(Timestamp::parse("1970-01-01T00:00:01Z").unwrap().as_millis(), 1000);
        assert_eq!(Timestamp::from_millis(-1).to_string(), "1969-12-31T23:59:59.999Z");
        assert_eq!(Timestamp::parse("2016-12-31T23:59:60Z"), Timestamp::parse("2017-01-01T00:00:00Z"));
    }

    #[test]
    fn refuses_what_is_no_instant() {
        for wrong in [
            "",
            "2026-08-17",
            "2026-08-17T12:02:03",
            "2026-08-17T12:02Z",
            "2026-08-17T24:00:00Z",
            "2026-08-17T12:60:00Z",
            "2026-08-17T12:02:61Z",
            "2026-08-17T12:02:03.Z",
            "2026-02-30T12:02:03Z",
            "2026-08-17T12:02:03+0200",
            "2026-08-17T12:02:03Z ",
        ] {
            assert_eq!(Timestamp::parse(wrong), Err(Code::NotADate), "{wrong}");
        }
    }

    #[test]
    fn stays_where_it_can_be_written() {
        assert_eq!(Timestamp::from_millis(i64::MAX).to_string(), "9999-12-31T23:59:59.999Z");
        assert_eq!(
            Timestamp::from_millis(i64::MIN).plus_millis(i64::MIN).to_string(),
            "0000-01-01T00:00:00.000Z"
        );
        let midnight = Timestamp::parse("2026-08-17T00:00:00Z").unwrap();
        assert_eq!(midnight.plus_millis(-1).date_utc().to_string(), "2026-08-16");
    }
}
