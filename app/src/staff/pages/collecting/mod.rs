//! Who may collect the children of a group.
//!
//! Owns the page of the list at the door and its print. Called by the root. Decides nothing: the server says who stands on it.

mod page;

pub(in crate::staff) use page::CollectingPage;
