//! Sign-in as a persona. Only in a build with the feature `demo`.

mod personas;
mod sign_in;

pub(in crate::http) use personas::personas;
pub(in crate::http) use sign_in::sign_in;
