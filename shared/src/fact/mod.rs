//! What is known: the element catalogue, dated facts and how fresh they are.
//!
//! Owns the promise "never ask twice": a form field bound to an element is answered by a fact as long as the fact is
//! fresh. Facts are append-only in the store; a [`Snapshot`] is the projection of a subject's current ones.

mod contradiction;
mod element;
mod file;
mod freshness;
mod home;
mod schedule;
mod snapshot;
mod value;

pub use element::{Audience, Catalogue, Element, ElementKey, Merge, Sensitivity, Sharing, Subject};
pub use file::{FileRef, FileType};
pub use freshness::{Freshness, freshness};
pub use home::{CHILD_ADDRESS, GUARDIAN_ADDRESS};
pub use schedule::{Interval, Schedule, ScheduleException, ScheduleLimits, ScheduleWeek};
pub use snapshot::{Entry, Provenance, Snapshot, Source};
pub use value::{Row, Value};
