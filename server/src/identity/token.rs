use crate::ids::{NoRandomness, random};
use crate::store::TokenHash;
use sha2::{Digest, Sha256};
use std::fmt;

/// What proves a session: 256 random bits. Only its hash is stored.
#[derive(Clone, PartialEq, Eq)]
pub struct SessionToken([u8; 32]);

impl fmt::Debug for SessionToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SessionToken(…)")
    }
}

impl SessionToken {
    pub(crate) fn new() -> Result<Self, NoRandomness> {
        random().map(Self)
    }

    /// Reads 64 hexadecimal digits; anything else is no token.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.as_bytes();
        if digits.len() != 64 || !text.is_ascii() {
            return None;
        }
        let mut bytes = [0; 32];
        for (place, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
            let pair = std::str::from_utf8(pair).ok()?;
            *place = u8::from_str_radix(pair, 16).ok()?;
        }
        Some(Self(bytes))
    }

    /// The token as it travels in the cookie. For the cookie only.
    pub fn reveal(&self) -> String {
        self.0.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// The bits themselves, for what follows from them.
    pub(super) fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    // Plain SHA-256 is enough: nobody can guess 256 random bits, however fast the hash.
    pub(crate) fn hash(&self) -> TokenHash {
        Sha256::digest(self.0).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn travels_as_hexadecimal_and_is_never_shown() {
        let token = SessionToken::new().unwrap();
        assert_eq!(SessionToken::parse(&token.reveal()), Some(token.clone()));
        assert_eq!(format!("{token:?}"), "SessionToken(…)");
        let cut = &token.reveal()[1..];
        for wrong in ["", "x", cut, &format!("{cut}g"), &"+".repeat(64), &"å".repeat(32)] {
            assert_eq!(SessionToken::parse(wrong), None, "{wrong}");
        }
    }
}
