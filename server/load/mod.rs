//! Drives the real program from outside, over HTTP: starts it, signs in guardians, answers forms as a phone would.
//!
//! Owns what `benches/load` and `tests/kill` share, and is compiled into both by path. Part of no release and of no other
//! test. Must not reach into the server's code: what it sees is what a client sees.

mod answers;
mod cluster;
mod connection;
mod database;
mod drive;
mod families;
mod guardian;
mod program;
mod session;

pub(crate) use answers::{Filled, Sitting};
pub(crate) use cluster::Cluster;
pub(crate) use connection::{Answer, Client, request};
pub(crate) use database::database;
pub(crate) use drive::{Run, drive, drive_until};
pub(crate) use families::families;
pub(crate) use guardian::{Guardian, homes, sign_in_personas, submissions};
pub(crate) use program::{Program, Setting, cpu_of};
pub(crate) use session::sessions;
