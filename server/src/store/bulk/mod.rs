//! Much at once: how many children somebody has opened today, lists that leave the house, and alarms about either.
//!
//! Owns the tables of lists and alarms. Called by `usecase::bulk`. Must not decide how much is too much.

mod alarms;
mod exports;
mod lists;

pub use alarms::AlarmRecord;
pub use exports::{Asking, ExportDone};
pub use lists::ExportRecord;
