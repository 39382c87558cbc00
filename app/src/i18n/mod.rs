//! Texts, dates and numbers in the reader's language.
//!
//! Owns the language in use and its texts. Called by every page. Must not: hold a sentence; those stand in the files
//! `common`, `guardian` and `staff.<language>.json` beside this one. The build joins `common` and the program's own
//! into one file per program and language with a hashed name, so a guardian never downloads what only staff read.
//! Every key in the code is written out as a literal in `t("…")`, `t_with("…", …)` or `t_count("…", …)`, which is what
//! `tests/texts.rs` looks for. Keys made from a code (`status.complete`) are declared there as families.

mod catalogue;
mod current;
mod format;
mod load;
mod names;

pub use catalogue::Catalogue;
pub use current::{install, locale, locale_now, speak_to_pupil, t, t_count, t_or, t_with};
pub use format::{clock_time, date, date_and_time, day_and_month, number, percent, timestamp_day, week};
pub use load::{change_locale, languages, start};
pub use names::{name_of, named, weekday};
