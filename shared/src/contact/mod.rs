//! How to reach a person: telephone, e-mail, postal code.
//!
//! Owns: what counts as reachable, and how each is stored and shown. Called by forms, import and staff pages. Must
//! not look anything up: whether a number is in use or a mailbox exists is not known here.

mod email;
mod phone;
mod postal_code;

pub use email::Email;
pub use phone::Phone;
pub use postal_code::PostalCode;
