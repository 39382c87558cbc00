//! What the guardian program reads, and what it keeps here before it is sent.

mod child_history;
mod consents;
mod home;
mod offer;
mod own_draft;
mod readers;
mod seen;

pub(in crate::http) use child_history::child_history;
pub(in crate::http) use consents::{consent_receipt, consents};
pub(in crate::http) use home::home;
pub(in crate::http) use offer::offer;
pub(in crate::http) use own_draft::{delete_draft, draft, put_draft};
pub(in crate::http) use readers::readers;
pub(in crate::http) use seen::seen;
