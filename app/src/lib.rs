//! The browser programs of Skolstart.
//!
//! Owns: what the two bins share. Called by `bin/guardian.rs` and `bin/staff.rs`. Must not: know the server.

pub mod mount;
