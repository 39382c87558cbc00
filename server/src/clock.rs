//! The only clock of the server. Owns what time it is, and which day it is in Sweden; called by whoever needs to know.
//! Must not be read twice for one decision: take `now` once and pass it on.

use jiff::{Timestamp as Instant, tz::TimeZone};
use skolstart_shared::{Date, Timestamp};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// A clock: the system's, or one that a test sets. A clone tells the same time.
#[derive(Clone)]
pub struct Clock {
    source: Source,
    zone: TimeZone,
}

#[derive(Clone)]
enum Source {
    System,
    Set(Arc<AtomicI64>),
}

impl Clock {
    /// The system's clock.
    pub fn system() -> Self {
        Self { source: Source::System, zone: swedish() }
    }

    /// A clock that stands still until it is set.
    pub fn fixed(at: Timestamp) -> Self {
        Self { source: Source::Set(Arc::new(AtomicI64::new(at.as_millis()))), zone: swedish() }
    }

    /// Sets a fixed clock, in all its clones. The system's clock stays as it is.
    pub fn set(&self, at: Timestamp) {
        if let Source::Set(millis) = &self.source {
            millis.store(at.as_millis(), Ordering::SeqCst);
        }
    }

    /// The instant.
    pub fn now(&self) -> Timestamp {
        Timestamp::from_millis(match &self.source {
            Source::System => system_millis(),
            Source::Set(millis) => millis.load(Ordering::SeqCst),
        })
    }

    /// The day in Sweden: the one that deadlines, birthdays and relations are about.
    pub fn today(&self) -> Date {
        self.day_of(self.now())
    }

    /// The day and the time of an instant in Sweden, `2026-09-07 12:00`: for what is printed.
    pub fn local(&self, at: Timestamp) -> String {
        let local =
            Instant::from_millisecond(at.as_millis()).map(|instant| instant.to_zoned(self.zone.clone()));
        local.map(|local| local.strftime("%Y-%m-%d %H:%M").to_string()).unwrap_or_default()
    }

    /// When a day begins in Sweden.
    pub fn start_of(&self, day: Date) -> Timestamp {
        let (year, month, at) =
            (i16::try_from(day.year()), i8::try_from(day.month()), i8::try_from(day.day()));
        let civil = match (year, month, at) {
            (Ok(year), Ok(month), Ok(at)) => jiff::civil::Date::new(year, month, at).ok(),
            _ => None,
        };
        let start = civil.and_then(|civil| civil.to_zoned(self.zone.clone()).ok());
        start.map_or(Timestamp::from_millis(0), |start| {
            Timestamp::from_millis(start.timestamp().as_millisecond())
        })
    }

    /// The day in Sweden at an instant.
    pub fn day_of(&self, at: Timestamp) -> Date {
        let civil = Instant::from_millisecond(at.as_millis())
            .map(|instant| instant.to_zoned(self.zone.clone()).date())
            .ok();
        civil
            .and_then(|day| {
                Date::new(i32::from(day.year()), day.month().unsigned_abs(), day.day().unsigned_abs())
            })
            .unwrap_or_else(|| at.date_utc())
    }
}

#[allow(clippy::disallowed_methods, reason = "This is the clock that everybody else asks.")]
fn system_millis() -> i64 {
    Instant::now().as_millisecond()
}

fn swedish() -> TimeZone {
    TimeZone::get("Europe/Stockholm").unwrap_or(TimeZone::UTC)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_turns_at_swedish_midnight() {
        let clock = Clock::fixed(Timestamp::parse("2026-08-17T21:59:59Z").unwrap());
        assert_eq!(clock.today().to_string(), "2026-08-17");
        clock.set(Timestamp::parse("2026-08-17T22:00:00Z").unwrap());
        assert_eq!(clock.today().to_string(), "2026-08-18");
        clock.set(Timestamp::parse("2026-12-31T23:00:00Z").unwrap());
        assert_eq!(clock.today().to_string(), "2027-01-01");
        let start = |day: &str| clock.start_of(Date::parse_iso(day).unwrap());
        assert_eq!(start("2026-08-18"), Timestamp::parse("2026-08-17T22:00:00Z").unwrap());
        assert_eq!(start("2027-01-01"), Timestamp::parse("2026-12-31T23:00:00Z").unwrap());
    }
}
