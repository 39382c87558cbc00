//! What guardians send, and what they have sent.

mod get;
mod list;
mod put;

pub(in crate::http) use get::get;
pub(in crate::http) use list::list;
pub(in crate::http) use put::put;
