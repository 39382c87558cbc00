//! What people do about protected identity: marking by hand, naming who handles a child, opening its page, and taking a
//! marking away by two persons.
//!
//! Owns the table of events, which is only added to, and what follows from them. Called by `usecase::protection` and by
//! `rights`. Must not let one person alone take a marking away.

mod events;
mod read;
mod step;

pub(super) use events::handled_by;
pub use read::{FamilyRecord, ProtectionFile, WaitingChild};
pub use step::{Stepped, Stepping};
