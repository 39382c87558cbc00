//! What the staff program reads, and what staff change.

mod change;
mod child;
mod child_history;
mod group;
mod units;

pub(in crate::http) use change::change;
pub(in crate::http) use child::child;
pub(in crate::http) use child_history::child_history;
pub(in crate::http) use group::group;
pub(in crate::http) use units::units;
