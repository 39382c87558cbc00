use super::key_file::KeyFile;
use crate::ids::random;
use crate::store::StoreError;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use hkdf::Hkdf;
use hmac::{Hmac, Mac};
use ring::signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey};
use sha2::Sha256;
use std::fmt;
use std::sync::Arc;
use uuid::Uuid;
use zeroize::Zeroizing;

/// A sealed value that cannot be opened: altered, moved from another row, or sealed with another key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a sealed value cannot be opened")]
pub(in crate::store) struct BrokenSeal;

/// Layout of a sealed value: format, key version, nonce, ciphertext with tag.
const FORMAT: u8 = 1;
const KEY_VERSION: u8 = 1;
const NONCE: usize = 24;
const HEAD: usize = 2;

/// Seals and opens single fields, and makes blind indexes. A clone uses the same key.
#[derive(Clone)]
pub(in crate::store) struct Sealer {
    keys: Arc<Keys>,
}

struct Keys {
    seal: XChaCha20Poly1305,
    blind: Zeroizing<[u8; 32]>,
    sign: Ed25519KeyPair,
}

impl fmt::Debug for Sealer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sealer(…)")
    }
}

impl Sealer {
    /// Derives a key for each use (HKDF-SHA-256, RFC 5869), so that none of them tells anything about another.
    pub(in crate::store) fn new(file: &KeyFile) -> Result<Self, BrokenSeal> {
        let derive = |purpose: &[u8]| -> Result<Zeroizing<[u8; 32]>, BrokenSeal> {
            let mut key = Zeroizing::new([0; 32]);
            let hkdf = Hkdf::<Sha256>::new(Some(&file.id), &*file.secret);
            hkdf.expand(purpose, &mut *key).map_err(|_| BrokenSeal)?;
            Ok(key)
        };
        let seal = derive(b"skolstart seal v1")?;
        let seal = XChaCha20Poly1305::new(&Key::from(*seal));
        let sign = derive(b"skolstart receipt signature v1")?;
        let sign = Ed25519KeyPair::from_seed_unchecked(&*sign).map_err(|_| BrokenSeal)?;
        Ok(Self { keys: Arc::new(Keys { seal, blind: derive(b"skolstart blind index v1")?, sign }) })
    }

    /// Seals the field of one row. Only the same table, column and row opens it again.
    pub(in crate::store) fn seal(
        &self,
        table: &str,
        column: &str,
        row: Uuid,
        plain: &[u8],
    ) -> Result<Vec<u8>, StoreError> {
        let nonce: [u8; NONCE] = random()?;
        let aad = associated(table, column, row, KEY_VERSION);
        let payload = Payload { msg: plain, aad: &aad };
        let sealed =
            self.keys.seal.encrypt(&XNonce::from(nonce), payload).map_err(|_| StoreError::Corrupt("seal"))?;
        let mut bytes = Vec::with_capacity(HEAD + NONCE + sealed.len());
        bytes.extend([FORMAT, KEY_VERSION]);
        bytes.extend(nonce);
        bytes.extend(sealed);
        Ok(bytes)
    }

    /// Opens the field of one row.
    pub(in crate::store) fn open(
        &self,
        table: &str,
        column: &str,
        row: Uuid,
        sealed: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, BrokenSeal> {
        let (&[format, version], rest) = sealed.split_first_chunk::<HEAD>().ok_or(BrokenSeal)?;
        let (nonce, ciphertext) = rest.split_first_chunk::<NONCE>().ok_or(BrokenSeal)?;
        if (format, version) != (FORMAT, KEY_VERSION) {
            return Err(BrokenSeal);
        }
        let aad = associated(table, column, row, version);
        let payload = Payload { msg: ciphertext, aad: &aad };
        self.keys.seal.decrypt(&XNonce::from(*nonce), payload).map(Zeroizing::new).map_err(|_| BrokenSeal)
    }

    /// Signs what is given out (Ed25519, RFC 8032): anybody who has the public key can see that it comes from here.
    pub(in crate::store) fn sign(&self, message: &[u8]) -> Vec<u8> {
        self.keys.sign.sign(message).as_ref().to_vec()
    }

    /// The public key of [`Self::sign`].
    pub(in crate::store) fn public_key(&self) -> Vec<u8> {
        self.keys.sign.public_key().as_ref().to_vec()
    }

    /// True when the signature was made here over exactly this message.
    pub(in crate::store) fn has_signed(&self, message: &[u8], signature: &[u8]) -> bool {
        UnparsedPublicKey::new(&ED25519, self.public_key()).verify(message, signature).is_ok()
    }

    /// A keyed hash to find equal values by. Useless without the key, also for values as few as personal numbers.
    pub(in crate::store) fn blind(&self, kind: &str, value: &[u8]) -> Result<Vec<u8>, StoreError> {
        let mut mac =
            Hmac::<Sha256>::new_from_slice(&*self.keys.blind).map_err(|_| StoreError::Corrupt("blind"))?;
        mac.update(kind.as_bytes());
        mac.update(b"|");
        mac.update(value);
        Ok(mac.finalize().into_bytes().to_vec())
    }
}

fn associated(table: &str, column: &str, row: Uuid, version: u8) -> Vec<u8> {
    format!("{table}|{column}|{row}|{version}").into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sealer(first: u8) -> Sealer {
        Sealer::new(&KeyFile { id: [1; 8], secret: Zeroizing::new([first; 32]) }).unwrap()
    }

    #[test]
    fn opens_only_where_it_was_sealed() {
        let (row, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let sealed = sealer(7).seal("fact", "value", row, b"070-123").unwrap();
        assert_eq!(*sealer(7).open("fact", "value", row, &sealed).unwrap(), b"070-123");
        assert!(!sealed.windows(7).any(|window| window == b"070-123"));
        assert!(sealer(7).open("fact", "value", other, &sealed).is_err());
        assert!(sealer(7).open("fact", "other", row, &sealed).is_err());
        assert!(sealer(7).open("person", "value", row, &sealed).is_err());
        assert!(sealer(8).open("fact", "value", row, &sealed).is_err());
        let mut altered = sealed.clone();
        *altered.last_mut().unwrap() ^= 1;
        assert!(sealer(7).open("fact", "value", row, &altered).is_err());
        assert!(sealer(7).open("fact", "value", row, &sealed[..20]).is_err());
    }

    #[test]
    fn only_the_same_key_has_signed_and_only_the_same_message() {
        let signature = sealer(7).sign(b"yes");
        assert!(sealer(7).has_signed(b"yes", &signature));
        assert!(!sealer(7).has_signed(b"no", &signature));
        assert!(!sealer(8).has_signed(b"yes", &signature));
        assert!(!sealer(7).has_signed(b"yes", &signature[1..]));
        assert_ne!(sealer(7).public_key(), sealer(8).public_key());
    }

    #[test]
    fn the_same_value_is_sealed_differently_each_time_and_found_by_its_blind_index() {
        let row = Uuid::from_u128(1);
        let seal = || sealer(7).seal("fact", "value", row, b"same").unwrap();
        assert_ne!(seal(), seal());
        let blind = |key, kind| sealer(key).blind(kind, b"same").unwrap();
        assert_eq!(blind(7, "number"), blind(7, "number"));
        assert_ne!(blind(7, "number"), blind(8, "number"));
        assert_ne!(blind(7, "number"), blind(7, "phone"));
    }
}
