//! Lists that leave the house, and alarms about much at once.

mod alarm;
mod export;
mod file;
mod read;

pub(in crate::http) use alarm::alarm;
pub(in crate::http) use export::export;
pub(in crate::http) use file::file;
pub(in crate::http) use read::read;
