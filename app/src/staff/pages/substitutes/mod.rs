//! Who stands in for somebody at a unit: who does, letting somebody in, and ending it.
//!
//! Owns the page. Called by the root. Decides nothing: the server says who can stand in, and where.

mod give;
mod page;
mod sending;
mod table;

pub(in crate::staff) use page::SubstitutesPage;
