//! The server of Skolstart. Owns everything with I/O: HTTP, store, registers. Called by the `skolstart` program.

#[cfg(feature = "demo")]
pub mod demo;
pub mod library;
pub mod register;
pub mod clock;
pub mod ids;
pub mod policy;
pub mod store;
pub mod usecase;
