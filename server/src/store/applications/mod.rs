//! Applications and what has happened with them, which is only added to.
//!
//! Owns both tables. Called by `usecase::applications`, by a guardian's home, and by the writing of submissions, which
//! opens an application or adds to the open one. Must not say how one stands or who may decide: see `shared::application`.

mod read;
mod record;
mod step;
mod take;

pub use read::{ApplicationFile, ApplicationList};
pub(in crate::store) use record::of_children;
pub use record::{ApplicationRecord, EventRecord};
pub use step::{StepPlan, StepWritten, Unanswered};
pub(in crate::store) use take::{Answer, Applied, Open, Opened, applies, current, write};
