//! The two rounds of the demo: last year's, which is over, and this year's, which is half way.
//!
//! Owns their ids, titles and days. Published by `skolstart demo` through `usecase::publish`, and played by `answers`.

use super::random::ident;
use skolstart_shared::form::{FormRef, Texts};
use skolstart_shared::id::RoundId;
use skolstart_shared::round::Round;
use skolstart_shared::school::SchoolYear;
use skolstart_shared::{Date, Locale, Timestamp};

/// How many days ago this year's round opened, and how many are left.
const HALF: i32 = 21;
/// Whole weeks, so that both rounds open on the same day of the week.
const YEAR: i32 = 364;
/// Days between the import of the register and the opening of the first round.
const BEFORE: i32 = 14;

/// Both rounds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rounds {
    /// Opened and closed a year ago.
    pub previous: Round,
    /// Opened three weeks ago and closes in three weeks.
    pub current: Round,
}

impl Rounds {
    /// When the story begins: the clock that the register is to be imported and the rounds are to be published at, so that
    /// nothing is known before somebody has said it.
    pub fn beginning(&self) -> Timestamp {
        at_midnight(self.previous.opens.add_days(-BEFORE))
    }
}

/// The rounds as they are on `today`, with these forms, for every school form. The same seed and school year give the same
/// ids.
pub fn rounds(seed: u64, today: Date, forms: &[FormRef]) -> Rounds {
    let (opens, closes) = (today.add_days(-HALF), today.add_days(HALF));
    let year = SchoolYear::containing(closes);
    let before = SchoolYear::starting(year.first_calendar_year() - 1).unwrap_or(year);
    let round = |school_year: SchoolYear, opens, closes| Round {
        id: RoundId(ident(seed, &format!("round/{school_year}"), 0)),
        title: title(school_year),
        school_year,
        opens,
        closes,
        forms: forms.to_vec(),
        school_forms: Vec::new(),
        grades: Vec::new(),
        units: Vec::new(),
        groups: Vec::new(),
    };
    Rounds {
        previous: round(before, opens.add_days(-YEAR), closes.add_days(-YEAR)),
        current: round(year, opens, closes),
    }
}

fn title(year: SchoolYear) -> Texts {
    Texts([(Locale::Sv, format!("Skolstart {year}")), (Locale::En, format!("School start {year}"))].into())
}

/// The first instant of a day, in UTC: what is played is never so near midnight that Swedish time makes another day of it.
pub(super) fn at_midnight(day: Date) -> Timestamp {
    const DAY: i64 = 86_400_000;
    let epoch = Timestamp::from_millis(0).date_utc();
    Timestamp::from_millis(i64::from(day.days_since(epoch)) * DAY)
}
