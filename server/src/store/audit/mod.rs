//! The audit trail: who read or changed what, for what purpose, in chains that show any altered row.
//!
//! Owns the rows and their hashes. Entries reach the database only through the writer, in the same transaction as what they
//! tell of. Must not hold a name or a value: ids and words from the program only.

mod chain;
mod checkpoint;
mod entry;
mod verify;

pub(super) use chain::{Chain, hash};
pub use checkpoint::{CheckpointError, Checkpoints};
pub use entry::AuditEntry;
pub use verify::{AuditFault, AuditReport, Broken};
