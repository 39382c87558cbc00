//! Who is at the other end: sessions, and the place where a sign-in method is plugged in.
//!
//! Owns the session token, how long a session lives, [`SignIn`], signing in at a provider of identity (`oidc`), and
//! passkeys of staff (`passkey`). Called by
//! `http`. Must not decide what somebody may do (`policy` does), and must not let a token into Debug, a log or the database.

mod device;
mod oidc;
mod own_sessions;
mod passkey;
mod school_code;
mod session;
mod sign_in;
mod token;

pub use device::Device;
pub use oidc::{
    Audience, Begun, Callback, LoginToken, OidcSignIn, UserInfo, Way, WayError, WaySettings, Ways,
};
pub use own_sessions::{end_one, end_others, own_sessions};
pub use passkey::{ChangeError, NoPasskeys, OwnPasskeys, PasskeyBegun, PasskeySignIn, Passkeys};
pub use school_code::CodeSignIn;
pub use session::{Entering, SessionError, SessionLimits, SessionRules, begin, end, resume};
pub use sign_in::{Account, Proven, Refused, SignIn, SignInError};
pub use token::SessionToken;
