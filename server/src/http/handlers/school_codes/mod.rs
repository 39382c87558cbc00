//! Codes from school: given by staff, and used to sign in.

mod give;
mod sign_in;

pub(in crate::http) use give::{list, step};
pub(in crate::http) use sign_in::sign_in;
