//! Signing in at a provider of identity: which ways there are, the way there, and the way back.

mod begin;
mod callback;
mod ways;

pub(in crate::http) use begin::begin;
pub(in crate::http) use callback::callback;
pub(in crate::http) use ways::ways;
