//! Passkeys in the browser: what it asks the device for, and what to say when nothing came of it.
//!
//! Called by the page of sign-in and the page of sessions. What is asked and answered is text that the browser itself reads and
//! writes: this program knows no field of it.

mod device;
mod words;

pub(super) use device::{create, get, is_supported};
pub(super) use words::{adding_failed, change_failed, device_failed, name_fault, sign_in_failed};
