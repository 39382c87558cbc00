//! Writing what a school register says: people, units, groups and who belongs where.
//!
//! Owns how a record becomes rows, and that an unchanged record writes nothing. Called by `usecase::import`, which is run
//! by an operator and so takes no grant. Must not decide whether a record is right: that is checked before.

pub(in crate::store) mod addresses;
mod contacts;
mod groups;
mod leaving;
mod organisations;
mod persons;
mod places;
mod relations;
mod run;
mod sift;

pub use leaving::{Emptied, Pointed};
pub use persons::PersonIn;
pub use run::References;
pub use sift::Change;
