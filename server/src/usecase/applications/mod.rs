//! Applications: who handles them, how each stands, what a decision is and what the applicant is told.
//!
//! Owns what may be done with an application. Called by the handlers, and by a guardian's home. How one stands and who
//! decides is said by `shared::application`; which duty has which task by `shared::access`. Must not know a form.

mod desk;
mod list;
mod own;
mod page;
mod pupil;
mod step;
mod work;

pub use list::list;
pub use own::{home_lines, own, own_step};
pub use page::page;
pub use step::step;

use crate::store::StoreError;
use skolstart_shared::Violation;
use skolstart_shared::api::Conflict;

/// Why a step was not made.
#[derive(Debug, thiserror::Error)]
pub enum StepError {
    /// There is no such application for the one who asks.
    #[error("not found")]
    NotFound,
    /// The id was used before for something else.
    #[error("something else under the same id")]
    Other,
    /// It has moved on since it was shown: it was changed, taken back, or replaced.
    #[error("the application has moved on")]
    Moved,
    /// Somebody else has decided: what, and what the sender said.
    #[error("decided meanwhile")]
    AlreadyDecided(Vec<Conflict>),
    /// The step breaks rules.
    #[error("the step breaks rules")]
    Invalid(Vec<Violation>),
    /// Not written.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// How often a step is checked anew because something else happened meanwhile.
const TRIES: usize = 4;
