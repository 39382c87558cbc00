//! Lists that leave the house, and alarms about much at once.

mod alarms;
mod lists;
mod page;

pub(in crate::staff::pages) use lists::{fetch, why};
pub(in crate::staff) use page::BulkPage;
