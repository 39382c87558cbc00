//! Who is at the other end: sessions, and the place where a sign-in method is plugged in.
//!
//! Owns the session token, how long a session lives, and [`SignIn`]. Called by `http`. Must not decide what somebody may
//! do (`policy` does), and must not let a token into Debug, a log or the database.

mod session;
mod sign_in;
mod token;

pub use session::{SessionError, SessionRules, begin, end, resume};
pub use sign_in::{SignIn, SignInError};
pub use token::SessionToken;
