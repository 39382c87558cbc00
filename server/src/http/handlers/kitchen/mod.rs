//! What the kitchen of a unit cooks beside the usual.

mod list;
mod units;

pub(in crate::http) use list::list;
pub(in crate::http) use units::units;
