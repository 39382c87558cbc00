//! What a child's row asks of staff.

use skolstart_shared::api::ChildRow;
use skolstart_shared::round::TaskStatus;

/// What is left for a child, the most urgent act deciding. The order is the order of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::staff) enum Need {
    /// An act that nobody has answered.
    Action,
    /// Only another guardian is waited for.
    Waiting,
    /// Nothing.
    Done,
}

impl Need {
    /// All, in the order of the list.
    pub(in crate::staff) const ALL: [Self; 3] = [Self::Action, Self::Waiting, Self::Done];

    /// What is left for the child of a row. An act that does not concern the child asks nothing.
    pub(in crate::staff) fn of(row: &ChildRow) -> Self {
        let needs = row.statuses.iter().flatten().map(|status| match status {
            TaskStatus::NotStarted
            | TaskStatus::Expired
            | TaskStatus::Conflict
            | TaskStatus::WaitingForStaff => Self::Action,
            TaskStatus::WaitingForOther | TaskStatus::Returned => Self::Waiting,
            TaskStatus::Complete
            | TaskStatus::Declined
            | TaskStatus::NotYet
            | TaskStatus::Voluntary
            | TaskStatus::Exempt => Self::Done,
        });
        needs.min().unwrap_or(Self::Done)
    }
}

/// How many rows have this need.
pub(in crate::staff) fn count(rows: &[ChildRow], need: Need) -> u64 {
    rows.iter().filter(|row| Need::of(row) == need).count() as u64
}

/// How many acts are done, and how many concern the child.
pub(in crate::staff) fn done_of(row: &ChildRow) -> (u64, u64) {
    let concern = row.statuses.iter().flatten();
    (concern.clone().filter(|status| status.is_done()).count() as u64, concern.count() as u64)
}
