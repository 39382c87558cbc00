//! People after SS 12000: who is responsible for whom, who works where, and who must be protected.
//!
//! Owns the terms and the rules about dates and rights that follow from them. Must not hold contact data: what is known
//! about a person are facts (`crate::fact`).

mod alias;
mod duty;
mod marking;
mod relation;

pub use alias::{ALIAS_MARK, Alias, AliasFault, MOST_ALIAS};
pub use duty::DutyRole;
pub use marking::SecurityMarking;
pub use relation::{ADULT_AGE, GuardianRelation, RelationKind};
