//! A group: its children and how far each act has come, with one child beside the list.

mod keys;
mod page;
mod panel;
mod table;
mod toolbar;

pub(crate) use page::GroupPage;
