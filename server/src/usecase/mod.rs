//! What people and operators do, one file per verb.
//!
//! Owns the business rules; each use case is one transaction. Called by `http` and by the subcommands. Must not name a
//! web framework or a database.
pub mod submit;
