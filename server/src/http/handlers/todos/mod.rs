//! What answers have set in motion among staff.

mod list;
mod mark;
mod page;

pub(in crate::http) use list::list;
pub(in crate::http) use mark::mark;
pub(in crate::http) use page::page;
