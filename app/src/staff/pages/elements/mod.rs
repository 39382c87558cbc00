//! The element catalogue: what the municipality asks for, what uses it, and how it is changed.

mod consequence;
mod detail;
mod edit;
mod page;
mod table;
pub(in crate::staff::pages) mod words;

pub(crate) use page::ElementsPage;
