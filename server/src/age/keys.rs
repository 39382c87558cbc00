use super::header::{FileKey, Stanza};
use super::{AgeError, bech32};
use crate::ids::random;
use chacha20poly1305::aead::{Aead, KeyInit};
use chacha20poly1305::{ChaCha20Poly1305, Key, Nonce};
use hkdf::Hkdf;
use sha2::Sha256;
use std::fmt;
use std::str::FromStr;
use x25519_dalek::{PublicKey, StaticSecret};
use zeroize::Zeroizing;

const PUBLIC: &str = "age";
const SECRET: &str = "age-secret-key-";
const INFO: &[u8] = b"age-encryption.org/v1/X25519";

/// Whom a file is sealed to: `age1…`. No secret.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Recipient([u8; 32]);

/// What opens it: `AGE-SECRET-KEY-1…`.
pub struct Identity(StaticSecret);

impl fmt::Display for Recipient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&bech32::write(PUBLIC, &self.0))
    }
}

impl fmt::Debug for Recipient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Identity(…)")
    }
}

impl FromStr for Recipient {
    type Err = AgeError;

    fn from_str(text: &str) -> Result<Self, AgeError> {
        bech32::read(PUBLIC, text.trim()).map(Self).ok_or(AgeError::NoKey)
    }
}

impl FromStr for Identity {
    type Err = AgeError;

    /// Reads a file as `age-keygen` writes it: comments, and the key on a line of its own.
    fn from_str(text: &str) -> Result<Self, AgeError> {
        let line = text.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with('#'));
        let secret = line.and_then(|line| bech32::read(SECRET, line)).ok_or(AgeError::NoKey)?;
        Ok(Self(StaticSecret::from(secret)))
    }
}

impl Recipient {
    /// Wraps the key of a file, so that only the identity can unwrap it.
    pub(super) fn wrap(&self, key: &FileKey) -> Result<Stanza, AgeError> {
        let own = StaticSecret::from(random::<32>()?);
        let share = PublicKey::from(&own).to_bytes();
        let shared = own.diffie_hellman(&PublicKey::from(self.0));
        if !shared.was_contributory() {
            return Err(AgeError::NoKey);
        }
        let cipher = wrapping(&share, &self.0, shared.as_bytes())?;
        let body = cipher.encrypt(&Nonce::from([0; 12]), key.as_slice()).map_err(|_| AgeError::Broken)?;
        Ok(Stanza { share, body: body.try_into().map_err(|_| AgeError::Broken)? })
    }
}

impl Identity {
    /// A new one.
    ///
    /// # Errors
    /// When there is no randomness.
    pub fn new() -> Result<Self, AgeError> {
        Ok(Self(StaticSecret::from(random::<32>()?)))
    }

    /// What others seal to.
    pub fn recipient(&self) -> Recipient {
        Recipient(PublicKey::from(&self.0).to_bytes())
    }

    /// The secret itself, for the one file that keeps it.
    pub fn reveal(&self) -> Zeroizing<String> {
        Zeroizing::new(bech32::write(SECRET, self.0.as_bytes()).to_ascii_uppercase())
    }

    /// The key of the file, if it was wrapped to this identity.
    pub(super) fn unwrap_key(&self, stanza: &Stanza) -> Option<FileKey> {
        let shared = self.0.diffie_hellman(&PublicKey::from(stanza.share));
        let cipher = wrapping(&stanza.share, &self.recipient().0, shared.as_bytes()).ok()?;
        let key = cipher.decrypt(&Nonce::from([0; 12]), stanza.body.as_slice()).ok().map(Zeroizing::new)?;
        shared.was_contributory().then(|| Some(Zeroizing::new(key.as_slice().try_into().ok()?)))?
    }
}

fn wrapping(share: &[u8; 32], recipient: &[u8; 32], shared: &[u8]) -> Result<ChaCha20Poly1305, AgeError> {
    let salt = [share.as_slice(), recipient].concat();
    let mut key = Zeroizing::new([0; 32]);
    Hkdf::<Sha256>::new(Some(&salt), shared).expand(INFO, &mut *key).map_err(|_| AgeError::Broken)?;
    Ok(ChaCha20Poly1305::new(&Key::from(*key)))
}
