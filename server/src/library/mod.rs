//! The forms, the element catalogue and the words of new parts that ship with the program.
//!
//! Owns the files. Read by `usecase::publish`. A form here is data like any other: no code may know its name.

use skolstart_shared::fact::{Catalogue, Element};
use skolstart_shared::form::FormDefinition;
use skolstart_shared::form::builder::ActWords;

/// The shipped forms as files: first what a school start asks of everybody, in the order that guardians meet it, then what is
/// there for those who need it.
pub const FORMS: [&str; 28] = [
    include_str!("forms/contact-details.json"),
    include_str!("forms/special-diet.json"),
    include_str!("forms/pictures.json"),
    include_str!("forms/leave.json"),
    include_str!("forms/mother-tongue.json"),
    include_str!("forms/school-transport.json"),
    include_str!("forms/change-of-school.json"),
    include_str!("forms/after-school-place.json"),
    include_str!("forms/care-schedule.json"),
    include_str!("forms/holiday-care.json"),
    include_str!("forms/preschool-place.json"),
    include_str!("forms/preschool-enrolment.json"),
    include_str!("forms/preschool-handover.json"),
    include_str!("forms/income.json"),
    include_str!("forms/self-care.json"),
    include_str!("forms/vaccination.json"),
    include_str!("forms/going-home-alone.json"),
    include_str!("forms/swimming.json"),
    include_str!("forms/device-loan.json"),
    include_str!("forms/it-rules.json"),
    include_str!("forms/language-choice.json"),
    include_str!("forms/exemption.json"),
    include_str!("forms/absence-notices.json"),
    include_str!("forms/lodging-allowance.json"),
    include_str!("forms/school-photo.json"),
    include_str!("forms/class-contacts.json"),
    include_str!("forms/library-card.json"),
    include_str!("forms/extra-funding.json"),
];

/// So many of [`FORMS`], from the first, are asked of everybody at a school start.
pub const AT_SCHOOL_START: usize = 3;

const ACTS: &str = include_str!("acts.json");

const ELEMENTS: &str = include_str!("elements.json");

/// Reads a form definition.
///
/// # Errors
/// When the text is not a definition; the message names the line.
pub fn read_form(text: &str) -> Result<FormDefinition, serde_json::Error> {
    serde_json::from_str(text)
}

/// The shipped element catalogue.
///
/// # Errors
/// When the file is not a catalogue; the message names the line.
pub fn catalogue() -> Result<Catalogue, serde_json::Error> {
    serde_json::from_str::<Vec<Element>>(ELEMENTS).map(Catalogue::new)
}

/// What a new part of each kind begins by saying.
///
/// # Errors
/// When the file is not a list of such words; the message names the line.
pub fn act_words() -> Result<Vec<ActWords>, serde_json::Error> {
    serde_json::from_str(ACTS)
}

#[cfg(test)]
mod tests;
