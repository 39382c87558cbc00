//! Who is at the other end: sessions, and the place where a sign-in method is plugged in.
//!
//! Owns the session token, how long a session lives, [`SignIn`], and signing in at a provider of identity (`oidc`). Called by
//! `http`. Must not decide what somebody may do (`policy` does), and must not let a token into Debug, a log or the database.

mod oidc;
mod session;
mod sign_in;
mod token;

pub use oidc::{
    Audience, Begun, Callback, LoginToken, OidcSignIn, UserInfo, Way, WayError, WaySettings, Ways,
};
pub use session::{SessionError, SessionLimits, SessionRules, begin, end, resume};
pub use sign_in::{Account, Proven, Refused, SignIn, SignInError};
pub use token::SessionToken;
