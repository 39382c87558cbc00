//! Writing submissions: a whole group with few statements.
//!
//! Owns the order in which rows are locked and written, the counters, and the receipt. Called by `usecase::submit` with a
//! plan that has been checked, and by the writer. Must not check an answer.

mod group;
mod load;
mod plan;
mod rows_of;
mod write;

pub(in crate::store) use plan::SealedPlan;
pub use plan::{PlannedAct, PlannedDecision, PlannedFact, PlannedSnapshot, SubmitPlan, Submitted, Tally};
pub(in crate::store) use rows_of::source_word;
pub(in crate::store) use write::write;
