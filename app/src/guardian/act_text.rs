//! Answers, sources, states and faults in words. Every word comes from the texts or from the form.

use crate::forms::{Described, describe};
use crate::i18n::{date, locale, t, t_with, timestamp_day};
use crate::ui::StatusKind;
use skolstart_shared::fact::{Freshness, Provenance, Value};
use skolstart_shared::form::{Field, Known};
use skolstart_shared::round::{MyPart, TaskStatus};
use skolstart_shared::{Timestamp, Violation};

/// A value as lines.
pub(super) fn lines(field: &Field, value: &Value) -> Vec<String> {
    let lines = describe(&field.kind, value, locale());
    lines.iter().map(|line| line.iter().map(piece).collect::<Vec<_>>().join(" · ")).collect()
}

/// A value on one line.
pub(super) fn line(field: &Field, value: &Value) -> String {
    lines(field, value).join("; ")
}

fn piece(piece: &Described) -> String {
    match piece {
        Described::Words(words) => words.clone(),
        Described::Flag(flag) => yes_no(*flag),
        Described::Day(day) => date(*day),
        Described::Days(from, to) => [&date(*from), "–", &date(*to)].concat(),
        Described::Nothing => t("value.nothing"),
    }
}

/// Yes or no.
pub(super) fn yes_no(yes: bool) -> String {
    if yes { t("value.yes") } else { t("value.no") }
}

/// Where something comes from: "från dig".
pub(super) fn from(from: Provenance) -> String {
    match from {
        Provenance::You => t("from.you"),
        Provenance::OtherGuardian => t("from.other"),
        Provenance::Register => t("from.register"),
        Provenance::Staff => t("from.staff"),
    }
}

/// "känt sedan 14 augusti 2025 · från dig".
pub(super) fn since(known: &Known) -> String {
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

/// What is wrong, in words.
pub(super) fn fault(violation: &Violation) -> String {
    let params: Vec<(&str, &str)> =
        violation.params.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    if params.iter().any(|(name, _)| *name == "consent") {
        return t("violation.choose");
    }
    let key = ["violation.", violation.code.as_str()].concat();
    t_with(&key, &params)
}

/// How a task stands for the guardian.
pub(super) fn state(status: TaskStatus, mine: MyPart) -> (StatusKind, String) {
    match (status, mine) {
        (TaskStatus::Returned, MyPart::ToDo) => (StatusKind::Action, t("task.returned")),
        (_, MyPart::MayDo) => (StatusKind::None, t("task.may-do")),
        (_, MyPart::Waits) => (StatusKind::Waiting, t("task.waits")),
        (TaskStatus::Conflict, _) => (StatusKind::Waiting, t("task.conflict")),
        (TaskStatus::Expired, MyPart::ToDo) => (StatusKind::Action, t("task.expired")),
        (_, MyPart::ToDo) => (StatusKind::Action, t("task.to-do")),
        (TaskStatus::Declined, _) => (StatusKind::Declined, t("task.declined")),
        (TaskStatus::WaitingForOther, _) => (StatusKind::Waiting, t("task.waiting")),
        (_, MyPart::DoneByOther) => (StatusKind::Complete, t("task.by-other")),
        _ => (StatusKind::Complete, t("task.done")),
    }
}
