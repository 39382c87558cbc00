//! Signing in at a provider of identity: OpenID Connect as the Swedish profile has it (authorization code, PKCE with S256).
//!
//! Owns the ways to sign in that are set up, what is asked of a provider, and every check of what it says. Called by the
//! handlers of sign-in. Tokens never leave it, and nothing of a person stands in an error or a log.
//! What is verified with is `ring`, which is there for TLS; everything a token says is believed only after that.

mod address;
mod attempt;
mod claims;
mod client;
mod jwk;
mod jws;
mod logout;
mod provider;
mod settings;
mod sign_in;
mod text;
mod ways;

pub use attempt::LoginToken;
pub use settings::{Audience, UserInfo, WayError, WaySettings};
pub use sign_in::{Begun, Callback, OidcSignIn};
pub use ways::{Way, Ways};
