//! Erasure of what is over: what the next run takes, what is held, and what was erased.

mod classes;
mod holds;
mod page;
mod sending;

pub(in crate::staff) use page::RetentionPage;
