//! Kinds of several inputs, read and written by part: a first and a last day, a weekly schedule.
//!
//! The parts of a schedule are `from`, `weeks`, `0.home`, and for each day `0.4.1.from` and `0.4.1.to`: week, day (Monday
//! is 0) and which of its times. Days that differ are `except` (how many), `except.0.day` and `except.0.0.from`.

use super::input::{Parts, Reading};
use skolstart_shared::date::{Date, TimeOfDay};
use skolstart_shared::fact::{Interval, Schedule, ScheduleException, ScheduleWeek, Value};
use skolstart_shared::violation::Code;

const DAYS: usize = 7;
/// Most weeks that any form asks for.
const WEEKS: usize = 6;
/// Most times of a day that any form asks for.
const TIMES: usize = 3;

fn part<'a>(parts: &'a Parts, name: &str) -> &'a str {
    parts.get(name).map(|text| text.trim()).unwrap_or_default()
}

fn is_blank(parts: &Parts) -> bool {
    parts.values().all(|text| text.trim().is_empty())
}

pub(super) fn read_days(parts: &Parts, path: &str) -> Reading {
    let mut reading = Reading::default();
    if is_blank(parts) {
        return reading;
    }
    let mut day = |name| match part(parts, name) {
        "" => {
            reading.wrong(path, Code::Required);
            None
        }
        text => Date::parse_iso(text).map_err(|code| reading.wrong(path, code)).ok(),
    };
    if let (Some(from), Some(to)) = (day("from"), day("to")) {
        reading.value = Some(Value::Days(from, to));
    }
    reading
}

pub(super) fn days_parts(from: Date, to: Date) -> Parts {
    Parts::from([("from".to_owned(), from.to_string()), ("to".to_owned(), to.to_string())])
}

/// How many weeks stand in the parts of a schedule.
pub fn weeks_in(parts: &Parts) -> usize {
    part(parts, "weeks").parse().unwrap_or(1).clamp(1, WEEKS)
}

/// How many days that differ stand in the parts of a schedule.
pub fn exceptions_in(parts: &Parts) -> usize {
    part(parts, "except").parse().unwrap_or(0).min(366)
}

/// Minutes of a week, as far as its times can be read.
pub fn week_minutes(parts: &Parts, week: usize) -> u32 {
    let mut ignored = Reading::default();
    let mut sum = 0;
    for day in 0..DAYS {
        let times = times(parts, &place(week, day), "", &mut ignored);
        sum += times.iter().map(|time| time.minutes()).sum::<u32>();
    }
    sum
}

/// The beginning of the names of a day's times.
pub fn place(week: usize, day: usize) -> String {
    [&week.to_string(), ".", &day.to_string()].concat()
}

pub(super) fn read_schedule(parts: &Parts, path: &str) -> Reading {
    let mut reading = Reading::default();
    let is_untouched = parts.iter().all(|(name, text)| name == "weeks" || text.trim().is_empty());
    if is_untouched {
        return reading;
    }
    let from = match part(parts, "from") {
        "" => Err(Code::Required),
        text => Date::parse_iso(text),
    };
    if let Err(code) = from {
        reading.wrong(&[path, ".from"].concat(), code);
    }
    let mut weeks = Vec::new();
    for week in 0..weeks_in(parts) {
        let mut days = Vec::new();
        for day in 0..DAYS {
            days.push(times(parts, &place(week, day), path, &mut reading));
        }
        let home = part(parts, &[&week.to_string(), ".home"].concat());
        weeks.push(ScheduleWeek { home: (!home.is_empty()).then(|| home.to_owned()), days });
    }
    let mut except = Vec::new();
    for at in 0..exceptions_in(parts) {
        let name = ["except.", &at.to_string()].concat();
        let times = times(parts, &name, path, &mut reading);
        match part(parts, &[&name, ".day"].concat()) {
            // Opened and left as it was.
            "" if times.is_empty() => {}
            text => match Date::parse_iso(text) {
                Ok(day) => except.push(ScheduleException { day, times }),
                Err(code) => reading.wrong(&[path, ".", &name].concat(), code),
            },
        }
    }
    if let (Ok(from), true) = (from, reading.violations.is_empty()) {
        reading.value = Some(Value::Schedule(Schedule { from, weeks, except }));
    }
    reading
}

/// The times of a day. A time that was only begun is missing its other end.
fn times(parts: &Parts, place: &str, path: &str, reading: &mut Reading) -> Vec<Interval> {
    let mut found = Vec::new();
    for at in 0..TIMES {
        let name = [place, ".", &at.to_string()].concat();
        let (from, to) = (part(parts, &[&name, ".from"].concat()), part(parts, &[&name, ".to"].concat()));
        if from.is_empty() && to.is_empty() {
            continue;
        }
        let path = [path, ".", &name].concat();
        match (TimeOfDay::parse(from), TimeOfDay::parse(to)) {
            (Ok(from), Ok(to)) => found.push(Interval { from, to }),
            _ if from.is_empty() || to.is_empty() => reading.wrong(&path, Code::Required),
            _ => reading.wrong(&path, Code::NotATime),
        }
    }
    found
}

pub(super) fn schedule_parts(schedule: &Schedule) -> Parts {
    let mut parts = Parts::new();
    let mut put = |name: &[&str], text: String| drop(parts.insert(name.concat(), text));
    put(&["from"], schedule.from.to_string());
    put(&["weeks"], schedule.weeks.len().to_string());
    for (at, week) in schedule.weeks.iter().enumerate() {
        if let Some(home) = &week.home {
            put(&[&at.to_string(), ".home"], home.clone());
        }
        for (day, times) in week.days.iter().enumerate() {
            put_times(times, &place(at, day), &mut put);
        }
    }
    if !schedule.except.is_empty() {
        put(&["except"], schedule.except.len().to_string());
    }
    for (at, differs) in schedule.except.iter().enumerate() {
        let name = ["except.", &at.to_string()].concat();
        put(&[&name, ".day"], differs.day.to_string());
        put_times(&differs.times, &name, &mut put);
    }
    parts
}

fn put_times(times: &[Interval], place: &str, put: &mut dyn FnMut(&[&str], String)) {
    for (at, time) in times.iter().enumerate() {
        put(&[place, ".", &at.to_string(), ".from"], time.from.to_string());
        put(&[place, ".", &at.to_string(), ".to"], time.to.to_string());
    }
}
