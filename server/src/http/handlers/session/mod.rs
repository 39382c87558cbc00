//! The caller's own sessions.

mod begin;
mod end;
mod get;
mod own;
mod ping;

pub(in crate::http) use begin::begin;
pub(in crate::http) use end::end;
pub(in crate::http) use get::get;
pub(in crate::http) use own::{end_one, end_others, list};
pub(in crate::http) use ping::ping;
