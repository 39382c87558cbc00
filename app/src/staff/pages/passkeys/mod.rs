//! Passkeys of whoever is signed in, on the page of her sessions, and signing in with one.

mod add;
mod change;
mod name;
mod section;
mod sign_in;

pub(super) use section::Passkeys;
pub(super) use sign_in::WithPasskey;
