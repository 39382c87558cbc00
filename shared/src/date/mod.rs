//! Calendar days, times of day and instants, without a time zone database.
//!
//! Owns: civil dates, weekdays, ISO weeks, times of day, UTC timestamps and their ISO 8601 and RFC 3339 texts. Called
//! everywhere. Must not read a clock: today and now come in as parameters. The server turns an instant into the Swedish
//! calendar day, because that needs time zone data.

mod civil;
mod time_of_day;
mod timestamp;

pub use civil::{Date, Weekday};
pub use time_of_day::TimeOfDay;
pub use timestamp::Timestamp;
