//! What answers have set in motion among staff: who sees it, from which answer it is done, and who says that it is done.
//!
//! Owns whose task it is. Called by the handlers of todos. Must not decide when something is set in motion: that stands in
//! the form.

mod list;
mod mark;
mod page;

pub use list::list;
pub use mark::{MarkError, mark};
pub use page::page;
