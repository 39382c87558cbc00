//! Consents: an append-only history of decisions, and the one function that derives what stands.
//!
//! Owns the rule that one "no" wins and that silence is no. Nothing stores a standing consent as a fact of its own.

mod decision;
mod standing;

pub use decision::{ConsentChoice, ConsentDecision, ConsentPurpose};
pub use standing::{Standing, standing};
