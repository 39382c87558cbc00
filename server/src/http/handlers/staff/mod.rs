//! What the staff program reads.

mod child;
mod group;
mod units;

pub(in crate::http) use child::child;
pub(in crate::http) use group::group;
pub(in crate::http) use units::units;
