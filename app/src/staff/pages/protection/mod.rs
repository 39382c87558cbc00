//! Protected identity: why a page is opened, who handles a child, what the school calls it, and the list of those who are hidden.
//!
//! Owns the steps and their words. Called by the root and by a child's page. Decides nothing: the server says who may.

mod alias;
mod family;
mod list;
mod purpose;
mod section;
mod sending;

pub(in crate::staff) use list::ProtectedPage;
pub(super) use purpose::{SayWhy, needs_purpose};
pub(super) use section::Protection;
