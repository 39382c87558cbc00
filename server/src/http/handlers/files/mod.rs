//! Files that are sent with answers.

mod get;
mod put;

pub(in crate::http) use get::get;
pub(in crate::http) use put::{begin, finish, forget, part};
