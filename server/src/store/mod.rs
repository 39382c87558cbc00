//! The only place that knows a database.
//!
//! Owns the tables, the sealing of fields, the writer that commits in groups, and the audit chain. Called by `usecase` and
//! `policy`. Every function that touches people takes a [`Grant`](crate::policy::Grant) or a
//! [`Principal`](crate::policy::Principal). Must not decide a rule of the domain, and no row or database type leaves it.

mod audit;
mod connect;
mod entity;
mod error;
mod migration;
mod open;
mod published;
mod rows;
mod seal;
mod submit;
mod write;

pub use audit::{AuditEntry, AuditFault, AuditReport};
pub use error::StoreError;
pub use open::{OpenError, Store, StoreSettings};
pub use published::Published;
pub use seal::KeyFileError;
pub use submit::{PlannedAct, PlannedDecision, PlannedFact, PlannedSnapshot, SubmitPlan, Submitted, Tally};
