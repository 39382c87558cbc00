//! Signing in at a provider of identity: which ways there are, the way there, the way back, and a provider that signs out.

mod begin;
mod callback;
mod logout;
mod ways;

pub(in crate::http) use begin::begin;
pub(in crate::http) use callback::callback;
pub(in crate::http) use logout::logout;
pub(in crate::http) use ways::ways;
