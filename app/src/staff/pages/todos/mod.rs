//! What answers have set in motion and the reader has the task of.
//!
//! Owns the list and its filters, and the page of one thing with the answer that it is done from. Called by the root. Decides nothing: the server says whose task something is.

mod list;
mod page;
mod row;
mod school;

pub(in crate::staff) use list::TodosPage;
pub(in crate::staff) use page::TodoPage;
