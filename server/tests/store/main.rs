//! The store on a real database: the same bodies on SQLite and on PostgreSQL.
//!
//! PostgreSQL is used when `SKOLSTART_TEST_POSTGRES` holds the URL of a superuser; each test makes a database of its own.
//! Without it the test says so and runs on SQLite alone.

#![allow(missing_docs)]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a test that cannot go on has failed, reads the environment that names its database, and says when there is none"
)]

mod access;
mod addresses;
mod answering;
mod audit;
mod backup;
mod classes;
mod counters;
mod families;
mod importing;
mod keys;
mod leaving;
mod lost_answer;
mod lost_keys;
mod migrating;
mod person_keys;
mod rotating;
mod row_security;
mod sealing;
mod serving;
mod shielding;
mod site;
mod submitting;
mod unsealing;
mod writer;
