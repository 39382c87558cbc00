//! What people do about protected identity: marking by hand, naming who handles a child, opening its page, giving it an alias,
//! and taking a marking away by two persons.
//!
//! Owns the table of events, which is only added to, and what follows from them; and the aliases. Called by
//! `usecase::protection`, by `rights` and by the reading of names. Must not let one person alone take a marking away.

mod alias;
mod events;
mod read;
mod step;

pub use alias::{Naming, StandingAlias};
pub(super) use alias::{aliases, drop_needless};
pub(super) use events::handled_by;
pub use read::{FamilyRecord, ProtectionFile, WaitingChild};
pub use step::{Stepped, Stepping};
