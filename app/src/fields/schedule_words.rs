//! A weekly schedule as lines of text: for review, for known values, for staff.

use crate::i18n::{date, locale, t, t_with, week, weekday};
use skolstart_shared::Locale;
use skolstart_shared::fact::{Interval, Schedule, ScheduleWeek};
use skolstart_shared::form::FieldKind;

/// "Från 24 augusti 2026, vecka 35", a line for each week, a line for each day that differs.
pub(super) fn schedule_lines(kind: &FieldKind, schedule: &Schedule) -> Vec<String> {
    let (day, number) = (date(schedule.from), week(schedule.from).to_string());
    let mut lines = vec![t_with("schedule.begins", &[("day", &day), ("number", &number)])];
    for (at, one) in schedule.weeks.iter().enumerate() {
        let mut line = String::new();
        if schedule.weeks.len() > 1 {
            line.push_str(&t_with("schedule.week", &[("n", &(at + 1).to_string())]));
            line.push_str(": ");
        }
        if let (FieldKind::Schedule { homes, .. }, Some(key)) = (kind, &one.home) {
            let home = homes.iter().find(|home| home.key == *key);
            line.push_str(home.map_or(key.as_str(), |home| home.label.get(locale())));
            line.push_str(" · ");
        }
        line.push_str(&days(one));
        lines.push(line);
    }
    for differs in &schedule.except {
        let times = if differs.times.is_empty() { t("schedule.away") } else { times(&differs.times) };
        lines.push([&date(differs.day), ": ", &times].concat());
    }
    lines
}

/// "måndag–torsdag 07.30–16.00, fredag 07.30–14.00": days in a row with the same times stand together.
fn days(week: &ScheduleWeek) -> String {
    let mut text = String::new();
    let mut day = 0;
    while let Some(now) = week.days.get(day) {
        let mut last = day;
        while week.days.get(last + 1) == Some(now) {
            last += 1;
        }
        if !now.is_empty() {
            if !text.is_empty() {
                text.push_str(", ");
            }
            text.push_str(&weekday(day as u8 + 1));
            if last > day {
                text.push('–');
                text.push_str(&weekday(last as u8 + 1));
            }
            text.push(' ');
            text.push_str(&times(now));
        }
        day = last + 1;
    }
    if text.is_empty() { t("schedule.away") } else { text }
}

/// "07.30–09.00 + 13.00–16.45".
pub fn times(times: &[Interval]) -> String {
    let mut text = String::new();
    for time in times {
        if !text.is_empty() {
            text.push_str(" + ");
        }
        text.push_str(&time.from.to_string());
        text.push('–');
        text.push_str(&time.to.to_string());
    }
    // As Swedes write it.
    if locale() == Locale::Sv { text.replace(':', ".") } else { text }
}
