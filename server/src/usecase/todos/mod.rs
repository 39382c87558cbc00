//! What answers have set in motion among staff: who sees it, and who says that it is done.
//!
//! Owns whose task it is. Called by the handlers of todos. Must not decide when something is set in motion: that stands in
//! the form.

mod list;
mod mark;

pub use list::list;
pub use mark::{MarkError, mark};
