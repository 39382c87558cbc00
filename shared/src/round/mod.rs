//! A round: which forms, for whom, until when; and how far each act has come.
//!
//! Owns the only function that derives a task's status. Nobody sets a status by hand, and nothing stores one that this
//! module did not derive.

mod case;
mod definition;
mod status;
mod task;

pub use case::{Case, Ground};
pub use definition::{Round, Stands};
pub use status::TaskStatus;
pub use task::{Around, Evidence, MyPart, Outcome, SignerAnswer, my_part, status};
