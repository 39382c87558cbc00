//! Acts that staff answer: hand-out and return of what is lent, what a school must say of itself.
//!
//! Owns whose turn it is and what is accepted. Called by the handlers of staff acts. The writing, the status and what follows
//! are the same as for a guardian's answer.

mod answer;
mod desk;
mod list;
mod read;
mod shown;

pub use answer::{StaffAnswerError, answer};
pub use list::list;
pub use read::read;
pub(in crate::usecase) use shown::{BySchool, answered_by_school};
