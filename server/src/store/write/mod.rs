//! The writer: the one task of a process that changes the database.
//!
//! Owns the write connection. It takes everything that is waiting, does it in one transaction, commits, and only then
//! answers. It never waits on purpose: under load the group grows by itself while the commit before it runs. Called by the
//! store's own modules. Must not know a rule of the domain.

mod attempt;
mod job;
mod task;
mod transaction;

pub(super) use task::Writer;
pub(super) use transaction::Transaction;
