//! The browser programs of Skolstart.
//!
//! Owns: what the two bins share. Called by `bin/guardian.rs` and `bin/staff.rs`. Must not: know the server.

#![forbid(unsafe_code)]
#![allow(
    unreachable_pub,
    reason = "a component's macro makes a public function inside a module that re-exports it"
)]

pub mod api;
#[cfg(test)]
mod dice;
pub mod fields;
pub mod forms;
pub mod guardian;
pub mod i18n;
pub mod json;
pub mod later;
pub mod letter;
pub mod live;
pub mod mount;
pub mod readers;
pub mod router;
pub mod sessions;
pub mod staff;
pub mod state;
pub mod storage;
pub mod sync;
pub mod ui;
