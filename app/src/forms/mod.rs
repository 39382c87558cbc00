//! Form sessions: what a guardian has typed, confirmed and chosen, and what is left to do.
//!
//! Owns the draft and every decision about it, in plain Rust without a browser, so that it is tested natively. Called by
//! the guardian's pages. Must not draw, fetch, store or read a clock: time comes in as a parameter. Must not know a
//! particular form.

mod act;
mod content;
mod describe;
mod draft;
mod estimate;
mod input;
mod session;
mod step;

pub use act::{ActState, FieldState};
pub use content::{Place, place_of};
pub use describe::{Described, describe};
pub use draft::{ActDraft, Draft, FieldDraft, Frozen, Mode};
pub use estimate::{Left, left, minutes, percent};
pub use input::{Input, Reading, read};
pub use session::Session;
pub use step::StepKey;

#[cfg(test)]
mod fixture;
#[cfg(test)]
mod tests;
