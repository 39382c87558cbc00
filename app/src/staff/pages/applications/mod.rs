//! Applications: the list of what waits, and the page where one is handled and decided.

mod answers;
mod conflict;
mod decide;
mod events;
mod list;
mod opinion;
mod page;
mod parts;
mod pupil;
mod questions;
mod sending;

pub(in crate::staff) use answers::facts;
pub(crate) use list::ApplicationsPage;
pub(crate) use page::ApplicationPage;
