//! A weekly schedule: when a child is there. Owns its rules; must not know which weeks have teaching or care.

use crate::date::{Date, TimeOfDay, Weekday};
use crate::violation::{Code, Violation};
use serde::{Deserialize, Serialize};

/// From one time of day to another. When the end is not later than the start, it is the next day.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Interval {
    /// From.
    pub from: TimeOfDay,
    /// Until.
    pub to: TimeOfDay,
}

impl Interval {
    /// How long, in minutes.
    pub fn minutes(self) -> u32 {
        u32::from(self.from.until(self.to))
    }

    /// True when it ends the next day.
    pub fn is_over_night(self) -> bool {
        self.to <= self.from
    }
}

/// One week of a schedule.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ScheduleWeek {
    /// Where the child lives that week, as the key of one of the field's homes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub home: Option<String>,
    /// The times of each day, Monday first. A day without times: not there.
    pub days: Vec<Vec<Interval>>,
}

/// A day that differs from the schedule.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ScheduleException {
    /// The day.
    pub day: Date,
    /// Its times. None: not there.
    pub times: Vec<Interval>,
}

/// Weeks that follow one another from a Monday on and then begin again, with days that differ.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Schedule {
    /// The Monday of the first week.
    pub from: Date,
    /// One to six weeks.
    pub weeks: Vec<ScheduleWeek>,
    /// Days that differ, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub except: Vec<ScheduleException>,
}

/// What a field allows in its schedule.
#[derive(Clone, Copy, Debug)]
pub struct ScheduleLimits<'a> {
    /// Most weeks before it begins again.
    pub weeks: u8,
    /// Most times a day: two for a split day.
    pub times: u8,
    /// Whether a time may run over midnight.
    pub nights: bool,
    /// The homes that a week can be spent in. Empty: not asked.
    pub homes: &'a [&'a str],
}

impl Schedule {
    /// The times of a day, or `None` before the schedule begins.
    pub fn on(&self, day: Date) -> Option<&[Interval]> {
        if let Some(differs) = self.except.iter().find(|differs| differs.day == day) {
            return Some(&differs.times);
        }
        let week = self.week_of(day)?;
        week.days.get(usize::from(day.weekday().number() - 1)).map(Vec::as_slice)
    }

    /// The week of the schedule that a day falls in.
    pub fn week_of(&self, day: Date) -> Option<&ScheduleWeek> {
        let since = usize::try_from(day.days_since(self.from)).ok()?;
        self.weeks.get((since / 7).checked_rem(self.weeks.len())?)
    }

    /// Minutes of all weeks together, exceptions left out.
    pub fn minutes(&self) -> u32 {
        self.weeks.iter().flat_map(|week| week.days.iter().flatten()).map(|times| times.minutes()).sum()
    }

    /// What is wrong. Paths: `from`; `week.day.time` counted from 0; `except.0`.
    pub fn check(&self, limits: &ScheduleLimits<'_>) -> Vec<Violation> {
        let mut found = Vec::new();
        if self.from.weekday() != Weekday::Monday {
            found.push(Violation::new("from", Code::NotAMonday));
        }
        if self.weeks.is_empty() || self.weeks.iter().any(|week| week.days.len() != 7) {
            found.push(Violation::new("", Code::WrongKind));
        }
        if self.weeks.len() > usize::from(limits.weeks) {
            found.push(Violation::new("", Code::TooMany).with("most", limits.weeks));
        }
        for (at, week) in self.weeks.iter().enumerate() {
            let known = |home: &String| limits.homes.contains(&home.as_str());
            if week.home.as_ref().is_some_and(|home| !known(home)) {
                found.push(Violation::new(format!("{at}.home"), Code::UnknownOption));
            }
            if week.home.is_none() && !limits.homes.is_empty() {
                found.push(Violation::new(format!("{at}.home"), Code::Required));
            }
            for (day, times) in week.days.iter().enumerate() {
                check_times(times, limits, &format!("{at}.{day}"), &mut found);
            }
        }
        for (at, differs) in self.except.iter().enumerate() {
            if self.except[..at].iter().any(|other| other.day == differs.day) {
                found.push(Violation::new(format!("except.{at}"), Code::Repeated));
            }
            check_times(&differs.times, limits, &format!("except.{at}"), &mut found);
        }
        // Nobody is served by a schedule in which the child is never there.
        if found.is_empty() && self.minutes() == 0 {
            found.push(Violation::new("", Code::Required));
        }
        found
    }
}

fn check_times(times: &[Interval], limits: &ScheduleLimits<'_>, path: &str, found: &mut Vec<Violation>) {
    if times.len() > usize::from(limits.times) {
        found.push(Violation::new(path, Code::TooMany).with("most", limits.times));
    }
    for (at, time) in times.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|before| times.get(before));
        let path = format!("{path}.{at}");
        if time.is_over_night() && !(limits.nights && at + 1 == times.len()) {
            found.push(Violation::new(path, Code::TooEarly).with("earliest", time.from));
        } else if before.is_some_and(|before| time.from < before.to) {
            found.push(Violation::new(path, Code::Overlapping));
        }
    }
}

impl std::fmt::Debug for Schedule {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Schedule(…)")
    }
}
