//! What the guardian program reads.

mod child_history;
mod consents;
mod home;
mod offer;
mod seen;

pub(in crate::http) use child_history::child_history;
pub(in crate::http) use consents::{consent_receipt, consents};
pub(in crate::http) use home::home;
pub(in crate::http) use offer::offer;
pub(in crate::http) use seen::seen;
