//! What the kitchen cooks beside the usual.
//!
//! Owns the page of a kitchen and its print. Called by the root. Decides nothing: the server says what stands on the list.

mod page;
mod table;

pub(in crate::staff) use page::KitchenPage;
