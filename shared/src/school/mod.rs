//! School after SS 12000 and the Education Act: organisations, groups, enrolments, school forms, grades, years, weeks.
//!
//! Owns the terms. School forms and grades are data with codes, not code paths: the ten-year compulsory school
//! (law 2025:729, applied from July 2028) changes the table, not the program.

mod enrolment;
mod form;
mod grade;
mod group;
mod holiday;
mod organisation;
pub mod school_year;
pub mod unit_code;
pub mod week;

pub use enrolment::Enrolment;
pub use form::SchoolForm;
pub use grade::Grade;
pub use group::GroupKind;
pub use holiday::{Holiday, holiday};
pub use organisation::OrganisationKind;
pub use school_year::SchoolYear;
pub use unit_code::SchoolUnitCode;
pub use week::Week;
