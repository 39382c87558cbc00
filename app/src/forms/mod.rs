//! Form sessions: what a guardian has typed, confirmed and chosen, and what is left to do.
//!
//! Owns the draft and every decision about it, in plain Rust without a browser, so that it is tested natively. Called by
//! the guardian's pages and, for a form on its own ([`Sheet`]), by the staff's. Must not draw, fetch, store or read a clock: time comes in as a parameter. Must not know a
//! particular form.

mod act;
mod content;
mod describe;
mod draft;
mod estimate;
mod file_parts;
mod input;
mod parts;
mod refused;
mod session;
mod sheet;
mod standing;
mod step;

pub use act::{ActState, Doing, FieldState};
pub use content::{Place, place_of};
pub use describe::{Described, describe};
pub use draft::{ActDraft, Draft, FieldDraft, Mode};
pub use estimate::{Left, left, minutes, percent};
pub use file_parts::{FileEntry, file_entries};
pub use input::{Input, Parts, Reading, read};
pub use parts::{exceptions_in, place, week_minutes, weeks_in};
pub use session::Session;
pub use sheet::Sheet;
pub use standing::Standing;
pub use step::StepKey;

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod fixture;
#[cfg(test)]
mod kinds_tests;
#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod records;
#[cfg(test)]
mod same_everywhere;
#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests;
