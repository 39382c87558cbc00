//! One sign-in under way, tied to the browser that began it.
//!
//! The browser holds 256 random bits in a cookie; state, nonce and verifier all follow from them, so a callback that
//! another browser makes, or with another state, cannot be completed. The database holds only a hash, and a row is used once.

use super::text::encode;
use crate::identity::SessionToken;
use crate::ids::NoRandomness;
use crate::store::TokenHash;
use sha2::{Digest, Sha256};

/// What the browser holds while it is at the provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoginToken(SessionToken);

impl LoginToken {
    pub(in crate::identity) fn new() -> Result<Self, NoRandomness> {
        SessionToken::new().map(Self)
    }

    /// Reads the cookie's value.
    pub fn parse(text: &str) -> Option<Self> {
        SessionToken::parse(text).map(Self)
    }

    /// The token as it travels in the cookie. For the cookie only.
    pub fn reveal(&self) -> String {
        self.0.reveal()
    }

    pub(in crate::identity) fn hash(&self) -> TokenHash {
        self.derived("stored")
    }

    /// What comes back with the callback.
    pub(super) fn state(&self) -> String {
        encode(&self.derived("state"))
    }

    /// What stands in the ID token.
    pub(super) fn nonce(&self) -> String {
        encode(&self.derived("nonce"))
    }

    /// What only we can send with the code (RFC 7636: 43 letters).
    pub(super) fn verifier(&self) -> String {
        encode(&self.derived("verifier"))
    }

    /// What the provider is told of the verifier.
    pub(super) fn challenge(&self) -> String {
        encode(&Sha256::digest(self.verifier()))
    }

    fn derived(&self, what: &str) -> [u8; 32] {
        let mut hash = Sha256::new();
        hash.update(b"skolstart-sign-in|");
        hash.update(what);
        hash.update(b"|");
        hash.update(self.0.bytes());
        hash.finalize().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_follows_from_the_cookie_and_nothing_leads_back() {
        let (one, other) = (LoginToken::new().unwrap(), LoginToken::new().unwrap());
        let again = LoginToken::parse(&one.reveal()).unwrap();
        let all = |token: &LoginToken| [token.state(), token.nonce(), token.verifier(), token.challenge()];
        assert_eq!(all(&one), all(&again));
        let mut values = [all(&one), all(&other)].concat();
        values.sort();
        values.dedup();
        assert_eq!(values.len(), 8);
        assert!(values.iter().all(|value| value.len() == 43));
        assert_eq!(format!("{one:?}"), "LoginToken(SessionToken(…))");
    }
}
