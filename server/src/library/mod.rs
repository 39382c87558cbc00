//! The forms and the element catalogue that ship with the program.
//!
//! Owns the files. Read by `usecase::publish`. A form here is data like any other: no code may know its name.

use skolstart_shared::fact::{Catalogue, Element};
use skolstart_shared::form::FormDefinition;

/// The shipped forms as files, in the order that guardians meet them.
pub const FORMS: [&str; 3] = [
    include_str!("forms/contact-details.json"),
    include_str!("forms/special-diet.json"),
    include_str!("forms/pictures.json"),
];

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

#[cfg(test)]
mod tests;
