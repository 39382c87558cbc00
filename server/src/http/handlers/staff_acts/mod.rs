//! Acts that staff answer.

mod answer;
mod list;
mod read;

pub(in crate::http) use answer::answer;
pub(in crate::http) use list::list;
pub(in crate::http) use read::read;
