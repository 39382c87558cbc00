//! What is kept on the device: the draft of the signed-in guardian and what the school said last, sealed.
//!
//! Owns where a record lies, for whom and how long. Called by the guardian program.
//! Must not: know what a record says, or keep a session or a token. Only `indexed_db.rs` touches IndexedDB.

#[cfg(test)]
mod conformance;
mod device;
mod draft_store;
mod indexed_db;
mod mark;
mod memory;
mod seal;

pub use device::Device;
pub use draft_store::{DraftStore, KEPT_DAYS, Keeping, StorageError, Stored, UNSENT_DAYS};
pub use indexed_db::{IndexedDb, has_unsent};
pub use mark::Mark;
pub use memory::Memory;
