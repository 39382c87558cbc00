//! Erasure of what is over: what the municipal administrator sees of it, and holds.

mod hold;
mod read;

pub(in crate::http) use hold::hold;
pub(in crate::http) use read::read;
