//! The review of the audit trail: who has seen and changed how much, without a word about whom.

mod answer;
mod page;

pub(in crate::staff) use page::ReviewPage;
