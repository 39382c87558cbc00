//! What answers have set in motion and the reader has the task of.
//!
//! Owns the list and its filters. Called by the root. Decides nothing: the server says whose task something is.

mod list;
mod row;
mod school;

pub(in crate::staff) use list::TodosPage;
