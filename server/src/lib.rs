//! The server of Skolstart.
//!
//! Owns everything with I/O: HTTP, store, registers. Called by the `skolstart` program and by the tests. Layers, each calling
//! only those after it: `http`, `usecase`, `store`, `store::entity`. `policy` is asked by `http` and demanded by `store`. What people
//! read stands in the files of `i18n`.

#![forbid(unsafe_code)]

pub mod age;
pub mod archive;
pub mod clock;
pub mod config;
#[cfg(feature = "demo")]
pub mod demo;
pub mod http;
pub mod i18n;
pub mod identity;
pub mod ids;
pub mod inspect;
pub mod library;
pub mod outbound;
pub mod policy;
pub mod register;
#[cfg(any(test, feature = "demo"))]
pub mod sample_files;
mod school_code;
pub mod sheet;
pub mod state;
pub mod store;
pub mod telemetry;
pub mod usecase;
