//! What people and operators do, one file per verb.
//!
//! Owns the business rules; each use case is one transaction. Called by `http` and by the subcommands. Must not name a
//! web framework or a database.

pub mod applications;
pub mod archive;
mod as_pupil;
mod at_home;
pub mod builder;
pub mod bulk;
pub mod changes;
pub mod child_page;
pub mod collecting;
mod columns;
pub mod consents;
pub mod extract;
mod file_answers;
pub mod files;
mod follow_ups;
pub mod group_page;
pub mod history;
pub mod home;
pub mod import;
pub mod incident;
pub mod inventory;
mod kept;
pub mod kitchen;
pub mod mandates;
pub mod municipality;
mod names;
pub mod offers;
pub mod own_draft;
pub mod protection;
pub mod publish;
mod read_error;
pub mod readers;
pub mod refresh_tasks;
pub mod retention;
pub mod rounds;
mod rows;
pub mod school_codes;
mod sent;
pub mod session;
mod small;
pub mod staff_acts;
pub mod submissions;
pub mod submit;
pub mod substitutes;
pub mod todos;
pub mod trail;
mod unit_answers;
pub mod units;
mod with_code;
mod withheld;
pub mod withholdings;

pub use read_error::ReadError;
