//! What those who work with the whole municipality read: figures, roles that are given by hand, and the review of the trail.

mod get;
mod mandates;
mod trail;

pub(in crate::http) use get::{get, of_round};
pub(in crate::http) use mandates::{mandate, mandates};
pub(in crate::http) use trail::trail;
