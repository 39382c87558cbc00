//! What the municipal administrator reads.

mod get;

pub(in crate::http) use get::get;
