//! The caller's own session.

mod end;
mod get;
mod ping;

pub(in crate::http) use end::end;
pub(in crate::http) use get::get;
pub(in crate::http) use ping::ping;
