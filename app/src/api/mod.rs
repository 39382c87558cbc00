//! Talking to the server: one typed call per endpoint of `skolstart_shared::api`.
//!
//! Called by pages, by `state` and through a trait by `sync`. Must not: show anything, retry, or remember anything.

pub mod client;
mod failure;
mod new_id;
mod transport;

pub use failure::{ApiFailure, Raw, failure_of, misread};
pub use new_id::new_id;
