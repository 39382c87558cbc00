//! Passkeys of staff: a way back in for whoever has signed in at the provider before.
//!
//! Owns what a device is asked, every check of what it answers, and who may change a passkey when. Called by the handlers of
//! passkeys. What is verified with is `webauthn-rs`, which nothing else names. The provider stays the one who says who works
//! here: a passkey is added after a sign-in there, and works for [`CONFIRMED_FOR`] after the last one.

mod own;
mod party;
mod sign_in;

pub use own::{ChangeError, OwnPasskeys};
pub use party::{NoPasskeys, Passkeys};
pub use sign_in::{PasskeyBegun, PasskeySignIn};

/// How long after a sign-in at the provider a passkey works: whoever has left and has no account there any more is out by then.
const CONFIRMED_FOR: i64 = 30 * 24 * 3_600_000;

/// How long after a sign-in passkeys can be changed: who finds a computer open adds none.
const FRESH_FOR: i64 = 15 * 60_000;

/// How long somebody has to answer her device: what browsers wait (WebAuthn 3, 5.4).
const LIFETIME: i64 = 5 * 60_000;
