//! The demo municipality: made up from a seed and written as SS 12000 files, so that it enters through the same import as
//! a real one.
//!
//! Owns everybody in it, the few named people that demonstrations and tests rely on, and what they have answered. Called by
//! `skolstart demo` and by tests. Compiled only with the feature `demo`, never in a release. Must not write to the store
//! except through the use cases that everybody else goes through.

mod answers;
mod cast;
mod contacts;
mod families;
mod household;
mod inventory;
mod mandates;
mod municipality;
mod numbers;
mod people;
pub mod persona;
mod places;
mod random;
mod record;
mod rounds;
mod staff;
mod story;
mod units;
mod words;

#[cfg(test)]
mod schema_check;
#[cfg(test)]
mod tests;

pub use answers::{MOST_GUARDIANS, Play, Played, play};
pub use cast::{Cast, Persona, PersonaKind, cast, pupil_persona};
pub use inventory::take_in_inventory;
pub use mandates::give_mandates;
pub use municipality::{LEAST_CHILDREN, MUNICIPALITY, Summary, write};
pub use rounds::{Rounds, rounds};
