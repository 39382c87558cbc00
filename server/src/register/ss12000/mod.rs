//! Reading of SS 12000:2020 JSON files: organisations, persons, groups, duties and placements.
//!
//! Owns the shape of the files and of the records, and the reasons for which a record is refused. Called by the import
//! and by the tests of the demo municipality. Must not hold a whole file in memory, write to the store, or let a value of
//! a record into a reason: reasons are printed and logged.
//!
//! A record that cannot be understood is refused alone and the reading goes on; a file that is not JSON is a bad file,
//! and [`Folder::check`] finds every such file before anything is changed.

mod duty;
mod elements;
mod folder;
mod group;
mod organisation;
mod person;
mod placement;
mod reference;
mod rejected;
mod resource;
mod vocabulary;

#[cfg(test)]
mod tests;

pub use duty::{AssignmentRole, Duty};
pub use elements::{FileFault, MAX_RECORD_BYTES};
pub use folder::{BadFile, Folder, FolderProblem, Found};
pub use group::{Group, GroupMembership};
pub use organisation::Organisation;
pub use person::{Address, CivicNo, Email, Enrolment, Person, PhoneNumber, Responsible};
pub use placement::Placement;
pub use reference::Reference;
pub use rejected::{Place, Reason, ReasonCode, Rejected};
pub use resource::Resource;
pub use vocabulary::SchoolType;
