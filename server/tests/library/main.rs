//! Every real form in `tests/data/forms` has its counterpart in the library.
//!
//! Beside each real form (`ID.yaml`, and the same as `ID.json`) stands `ID.map.json`: for every field, option, condition,
//! signer, attachment, decision and oddity of the paper either where the library has it, or why it is left out. The tests
//! fail on what is not mapped, on places that do not exist, and on reasons without words.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod checked;
mod coverage;
mod made_up;
mod paper;
mod place;
mod schema;
