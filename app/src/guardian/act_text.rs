//! States of tasks in words. Answers, sources and faults are said by `fields`.

use crate::i18n::t;
use crate::ui::StatusKind;
use skolstart_shared::round::{MyPart, TaskStatus};

/// How a task stands for the guardian.
pub(super) fn state(status: TaskStatus, mine: MyPart) -> (StatusKind, String) {
    match (status, mine) {
        (TaskStatus::Returned, MyPart::ToDo) => (StatusKind::Action, t("task.returned")),
        (_, MyPart::MayDo) => (StatusKind::None, t("task.may-do")),
        (TaskStatus::Complete, MyPart::Waits) => (StatusKind::Complete, t("task.done")),
        // To do, or not any more.
        (TaskStatus::Expired, MyPart::ToDo | MyPart::Waits) => (StatusKind::Action, t("task.expired")),
        (_, MyPart::Waits) => (StatusKind::Waiting, t("task.waits")),
        (TaskStatus::Conflict, _) => (StatusKind::Waiting, t("task.conflict")),
        (_, MyPart::ToDo) => (StatusKind::Action, t("task.to-do")),
        (TaskStatus::Declined, _) => (StatusKind::Declined, t("task.declined")),
        (TaskStatus::WaitingForOther, _) => (StatusKind::Waiting, t("task.waiting")),
        (_, MyPart::DoneByOther) => (StatusKind::Complete, t("task.by-other")),
        _ => (StatusKind::Complete, t("task.done")),
    }
}
