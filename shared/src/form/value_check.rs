//! Whether one value fits its field's kind and limits. Called by `validate`. Must not look at other fields.

use super::condition::Setting;
use super::kind::{ChoiceOption, FieldKind};
use crate::code_list::{COUNTRIES, LANGUAGES, holds};
use crate::date::Date;
use crate::fact::{ScheduleLimits, Value};
use crate::violation::{Code, Violation};

pub(super) fn check_value(
    kind: &FieldKind,
    value: &Value,
    path: &str,
    setting: &Setting,
    found: &mut Vec<Violation>,
) {
    let mut say = |violation: Violation| found.push(violation.under(path));
    match (kind, value) {
        (FieldKind::Text { max }, Value::Text(text)) => check_text(text, *max, false, &mut say),
        (FieldKind::LongText { max, .. }, Value::Text(text)) => check_text(text, *max, true, &mut say),
        // Longer ones exist nowhere (Universal Postal Union, S42).
        (FieldKind::PostalCode {}, Value::Text(text)) => check_text(text, 12, false, &mut say),
        (FieldKind::Number { min, max } | FieldKind::Money { min, max }, Value::Number(number)) => {
            if number < min {
                say(Violation::new("", Code::TooSmall).with("min", min));
            } else if number > max {
                say(Violation::new("", Code::TooLarge).with("max", max));
            }
        }
        (FieldKind::Date { earliest, latest }, Value::Date(day)) => {
            check_day(*day, (*earliest, *latest), setting, &mut say);
        }
        (FieldKind::Days { earliest, latest }, Value::Days(from, to)) => {
            check_day(*from, (*earliest, *latest), setting, &mut say);
            if to < from {
                say(Violation::new("", Code::TooEarly).with("earliest", from));
            } else {
                check_day(*to, (None, *latest), setting, &mut say);
            }
        }
        (FieldKind::Choice { options }, Value::Choice(chosen)) => check_options(options, &[chosen], &mut say),
        (FieldKind::Choices { options, .. }, Value::Choices(chosen)) => {
            let chosen: Vec<&String> = chosen.iter().collect();
            check_options(options, &chosen, &mut say);
        }
        (FieldKind::Country {}, Value::Choice(code)) if holds(COUNTRIES, code) => {}
        (FieldKind::Language {}, Value::Choice(code)) if holds(LANGUAGES, code) => {}
        (FieldKind::Country {} | FieldKind::Language {}, Value::Choice(_)) => {
            say(Violation::new("", Code::UnknownOption));
        }
        (FieldKind::Files { most, megabytes, types }, Value::Files(files)) => {
            if files.len() > usize::from(*most) {
                say(Violation::new("", Code::TooMany).with("most", most));
            }
            for file in files {
                file.check(*megabytes, types).into_iter().for_each(&mut say);
            }
            if (1..files.len()).any(|at| files[..at].iter().any(|other| other.id == files[at].id)) {
                say(Violation::new("", Code::Repeated));
            }
        }
        (FieldKind::Schedule { weeks, times, nights, homes, .. }, Value::Schedule(schedule)) => {
            let homes: Vec<&str> = homes.iter().map(|home| home.key.as_str()).collect();
            let limits = ScheduleLimits { weeks: *weeks, times: *times, nights: *nights, homes: &homes };
            schedule.check(&limits).into_iter().for_each(say);
        }
        // A box that is not ticked is no answer, and there is no "no".
        (FieldKind::Acknowledge { .. }, Value::Flag(true))
        | (FieldKind::YesNo {} | FieldKind::Consent { .. }, Value::Flag(_))
        | (FieldKind::Time {}, Value::Time(_))
        | (FieldKind::Phone {}, Value::Phone(_))
        | (FieldKind::Email {}, Value::Email(_))
        | (FieldKind::Calculated { .. }, Value::Number(_))
        | (FieldKind::Unit { .. }, Value::Choice(_)) => {}
        (FieldKind::PersonalNumber { other }, Value::Identity(number)) => {
            if !other && number.personal_number().is_none() {
                say(Violation::new("", Code::PersonalNumberLength));
            }
        }
        (FieldKind::Acknowledge { .. }, Value::Flag(false)) => say(Violation::new("", Code::Required)),
        _ => say(Violation::new("", Code::WrongKind)),
    }
}

fn check_options(options: &[ChoiceOption], chosen: &[&String], say: &mut impl FnMut(Violation)) {
    let known = |key: &&String| options.iter().any(|option| option.key == **key);
    let repeated = (1..chosen.len()).any(|at| chosen[..at].contains(&chosen[at]));
    if repeated || !chosen.iter().all(known) {
        say(Violation::new("", Code::UnknownOption));
    }
}

fn check_day(
    day: Date,
    (earliest, latest): (Option<i32>, Option<i32>),
    setting: &Setting,
    say: &mut impl FnMut(Violation),
) {
    let first = earliest.map(|days| setting.today.add_days(days));
    let last = latest.map(|days| setting.today.add_days(days));
    if let Some(first) = first.filter(|first| day < *first) {
        say(Violation::new("", Code::TooEarly).with("earliest", first));
    } else if let Some(last) = last.filter(|last| day > *last) {
        say(Violation::new("", Code::TooLate).with("latest", last));
    }
}

/// What is wrong with a text of one line that stands in no form, such as a name that somebody gives something of hers.
pub fn check_line(text: &str, max: u16) -> Vec<Violation> {
    let mut found = Vec::new();
    check_text(text, max, false, &mut |violation| found.push(violation));
    found
}

/// What is wrong with a text of several lines that stands in no form, such as a question to a guardian.
pub fn check_lines(text: &str, max: u16) -> Vec<Violation> {
    let mut found = Vec::new();
    check_text(text, max, true, &mut |violation| found.push(violation));
    found
}

fn check_text(text: &str, max: u16, lines: bool, say: &mut impl FnMut(Violation)) {
    if text.chars().count() > usize::from(max) {
        say(Violation::new("", Code::TooLong).with("max", max));
    }
    if text.chars().any(|c| is_unprintable(c, lines)) {
        say(Violation::new("", Code::UnprintableText));
    }
}

/// Control characters, and those that reorder or hide text around them (Unicode TR 36).
fn is_unprintable(c: char, lines: bool) -> bool {
    let line_break = matches!(c, '\n' | '\r' | '\t');
    (c.is_control() && !(lines && line_break))
        || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}')
}
