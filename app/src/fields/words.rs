//! Values, sources and faults in words. Every word comes from the texts or from the form.

use super::schedule_words::schedule_lines;
use super::units::unit_name;
use crate::forms::{Described, describe};
use crate::i18n::{date, locale, name_of, t, t_with, timestamp_day};
use skolstart_shared::fact::{Freshness, Provenance, Value};
use skolstart_shared::form::{FieldKind, Known};
use skolstart_shared::{Timestamp, Violation};

/// A value as lines.
pub fn lines(kind: &FieldKind, value: &Value) -> Vec<String> {
    if let Value::Schedule(schedule) = value {
        return schedule_lines(kind, schedule);
    }
    let lines = describe(kind, value, locale());
    lines.iter().map(|line| line.iter().map(piece).collect::<Vec<_>>().join(" · ")).collect()
}

/// A value on one line.
pub fn line(kind: &FieldKind, value: &Value) -> String {
    lines(kind, value).join("; ")
}

fn piece(piece: &Described) -> String {
    match piece {
        Described::Words(words) => words.clone(),
        Described::Flag(flag) => yes_no(*flag),
        Described::Day(day) => date(*day),
        Described::Days(from, to) => [&date(*from), "–", &date(*to)].concat(),
        Described::Country(code) => name_of("region", code),
        Described::Language(code) => name_of("language", code),
        Described::Unit(id) => unit_name(id),
        Described::Nothing => t("value.nothing"),
    }
}

/// Yes or no.
pub fn yes_no(yes: bool) -> String {
    if yes { t("value.yes") } else { t("value.no") }
}

/// Where something comes from: "från dig".
pub fn from(from: Provenance) -> String {
    match from {
        Provenance::You => t("from.you"),
        Provenance::OtherGuardian => t("from.other"),
        Provenance::Pupil => t("from.pupil"),
        Provenance::Register => t("from.register"),
        Provenance::Staff => t("from.staff"),
    }
}

/// "känt sedan 14 augusti 2025 · från dig".
pub fn since(known: &Known) -> String {
    let since = since_when(known.since, known.from);
    if known.freshness == Freshness::Stale {
        [since.as_str(), " ", &t("known.stale")].concat()
    } else {
        since
    }
}

/// Since when and from whom.
pub(super) fn since_when(since: Timestamp, by: Provenance) -> String {
    t_with("known.since", &[("day", &timestamp_day(since)), ("from", &from(by))])
}

/// What is wrong, in words that fit any field.
pub fn fault(violation: &Violation) -> String {
    let mut params: Vec<(&str, &str)> = Vec::new();
    for (name, value) in &violation.params {
        params.push((name, value));
    }
    t_with(&["violation.", violation.code.as_str()].concat(), &params)
}
