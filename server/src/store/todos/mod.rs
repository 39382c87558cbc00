//! What answers have set in motion among staff.
//!
//! Owns the tables of todos and of their marks. Called by the writing of answers, which opens them in its own transaction, and
//! by `usecase::todos`. Must not decide what an answer sets in motion, nor whose task it is.

mod before;
mod mark;
mod open;
mod read;

pub use before::AnsweredBefore;
pub use mark::{Marked, Marking};
pub use open::PlannedTodo;
pub(in crate::store) use open::{Opening, open};
pub use read::{TodoList, TodoRecord};
