//! The staff program: who has answered, whom to call, how the municipality stands.
//!
//! Owns its routes, its pages and what they decide. Called by `bin/staff.rs`. Must not: know the guardian program, or
//! keep anything about a child longer than its page is open: nothing here is stored on the device.

mod app;
mod audience;
mod follow;
mod list;
mod once;
mod pages;
mod paper;
mod passkeys;
mod printed;
mod reason;
mod routes;
mod sees;
mod shell;
mod words;

pub use app::StaffApp;
pub use routes::Route;
