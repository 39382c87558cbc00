use super::key_file::{Key, KeyFile};
use crate::ids::random;
use crate::store::StoreError;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
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

/// Layout of a sealed value: format, number of the key, nonce, ciphertext with tag.
const FORMAT: u8 = 1;
const NONCE: usize = 24;
const HEAD: usize = 2;

/// What a signature is for. Each has a key of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::store) enum Signed {
    /// A receipt of a consent.
    Receipt,
    /// A checkpoint of the audit trail.
    Checkpoint,
}

/// Seals and opens single fields, and makes blind indexes. A clone uses the same keys.
#[derive(Clone)]
pub(in crate::store) struct Sealer {
    ring: Arc<Ring>,
}

/// The newest key seals; the earlier ones open what they have sealed; the former ones only verify.
struct Ring {
    newest: Keys,
    earlier: Vec<Keys>,
    former: Vec<([u8; 32], [u8; 32])>,
}

struct Keys {
    number: u8,
    seal: XChaCha20Poly1305,
    blind: Zeroizing<[u8; 32]>,
    receipt: Ed25519KeyPair,
    checkpoint: Ed25519KeyPair,
}

impl fmt::Debug for Sealer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sealer(…)")
    }
}

impl Keys {
    /// Derives a key for each use (HKDF-SHA-256, RFC 5869), so that none of them tells anything about another.
    fn of(key: &Key) -> Result<Self, BrokenSeal> {
        let derive = |purpose: &[u8]| -> Result<Zeroizing<[u8; 32]>, BrokenSeal> {
            let mut derived = Zeroizing::new([0; 32]);
            let hkdf = Hkdf::<Sha256>::new(Some(&key.id), &*key.secret);
            hkdf.expand(purpose, &mut *derived).map_err(|_| BrokenSeal)?;
            Ok(derived)
        };
        let pair =
            |purpose: &[u8]| Ed25519KeyPair::from_seed_unchecked(&*derive(purpose)?).map_err(|_| BrokenSeal);
        Ok(Self {
            number: key.number,
            seal: XChaCha20Poly1305::new(&chacha20poly1305::Key::from(*derive(b"skolstart seal v1")?)),
            blind: derive(b"skolstart blind index v1")?,
            receipt: pair(b"skolstart receipt signature v1")?,
            checkpoint: pair(b"skolstart audit checkpoint v1")?,
        })
    }

    fn pair(&self, what: Signed) -> &Ed25519KeyPair {
        match what {
            Signed::Receipt => &self.receipt,
            Signed::Checkpoint => &self.checkpoint,
        }
    }

    fn blind(&self, kind: &str, value: &[u8]) -> Result<Vec<u8>, StoreError> {
        let mut mac =
            Hmac::<Sha256>::new_from_slice(&*self.blind).map_err(|_| StoreError::Corrupt("blind"))?;
        mac.update(kind.as_bytes());
        mac.update(b"|");
        mac.update(value);
        Ok(mac.finalize().into_bytes().to_vec())
    }
}

impl Sealer {
    /// Uses the keys of a file.
    pub(in crate::store) fn new(file: &KeyFile) -> Result<Self, BrokenSeal> {
        let mut keys = file.keys.iter().map(Keys::of).collect::<Result<Vec<_>, _>>()?.into_iter();
        let newest = keys.next().ok_or(BrokenSeal)?;
        let former = file.former.iter().map(|key| (key.receipt, key.checkpoint)).collect();
        Ok(Self { ring: Arc::new(Ring { newest, earlier: keys.collect(), former }) })
    }

    /// The number of the key that seals.
    pub(in crate::store) fn number(&self) -> u8 {
        self.ring.newest.number
    }

    fn keys(&self) -> impl Iterator<Item = &Keys> {
        std::iter::once(&self.ring.newest).chain(&self.ring.earlier)
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
        let key = &self.ring.newest;
        let aad = associated(table, column, row, key.number);
        let payload = Payload { msg: plain, aad: &aad };
        let sealed =
            key.seal.encrypt(&XNonce::from(nonce), payload).map_err(|_| StoreError::Corrupt("seal"))?;
        let mut bytes = Vec::with_capacity(HEAD + NONCE + sealed.len());
        bytes.extend([FORMAT, key.number]);
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
        let (&[format, number], rest) = sealed.split_first_chunk::<HEAD>().ok_or(BrokenSeal)?;
        let (nonce, ciphertext) = rest.split_first_chunk::<NONCE>().ok_or(BrokenSeal)?;
        let key = self.keys().find(|key| format == FORMAT && key.number == number).ok_or(BrokenSeal)?;
        let aad = associated(table, column, row, number);
        let payload = Payload { msg: ciphertext, aad: &aad };
        key.seal.decrypt(&XNonce::from(*nonce), payload).map(Zeroizing::new).map_err(|_| BrokenSeal)
    }

    /// Signs what is given out (Ed25519, RFC 8032): anybody who has the public key can see that it comes from here.
    pub(in crate::store) fn sign(&self, what: Signed, message: &[u8]) -> Vec<u8> {
        self.ring.newest.pair(what).sign(message).as_ref().to_vec()
    }

    /// The public keys of [`Self::sign`], the one that signs now first.
    pub(in crate::store) fn public_keys(&self, what: Signed) -> Vec<Vec<u8>> {
        let now = self.keys().map(|keys| keys.pair(what).public_key().as_ref().to_vec());
        let former = self.ring.former.iter().map(|(receipt, checkpoint)| match what {
            Signed::Receipt => receipt.to_vec(),
            Signed::Checkpoint => checkpoint.to_vec(),
        });
        now.chain(former).collect()
    }

    /// True when the signature was made here, with this key or one before it, over exactly this message.
    pub(in crate::store) fn has_signed(&self, what: Signed, message: &[u8], signature: &[u8]) -> bool {
        let mut keys = self.public_keys(what).into_iter();
        keys.any(|key| UnparsedPublicKey::new(&ED25519, key).verify(message, signature).is_ok())
    }

    /// A keyed hash to find equal values by. Useless without the key, also for values as few as personal numbers.
    pub(in crate::store) fn blind(&self, kind: &str, value: &[u8]) -> Result<Vec<u8>, StoreError> {
        self.ring.newest.blind(kind, value)
    }

    /// Every hash that the value may stand under while a change of key is under way. The first is [`Self::blind`].
    pub(in crate::store) fn blinds(&self, kind: &str, value: &[u8]) -> Result<Vec<Vec<u8>>, StoreError> {
        self.keys().map(|keys| keys.blind(kind, value)).collect()
    }
}

fn associated(table: &str, column: &str, row: Uuid, number: u8) -> Vec<u8> {
    format!("{table}|{column}|{row}|{number}").into_bytes()
}

#[cfg(test)]
mod tests {
    use super::super::key_file::Former;
    use super::*;

    fn sealer(first: u8) -> Sealer {
        ring(&[(1, first)])
    }

    fn ring(keys: &[(u8, u8)]) -> Sealer {
        let key = |&(number, first)| Key { number, id: [number; 8], secret: Zeroizing::new([first; 32]) };
        Sealer::new(&KeyFile { keys: keys.iter().map(key).collect(), former: Vec::new(), demo: false })
            .unwrap()
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
        use Signed::{Checkpoint, Receipt};
        let signature = sealer(7).sign(Receipt, b"yes");
        assert!(sealer(7).has_signed(Receipt, b"yes", &signature));
        assert!(!sealer(7).has_signed(Receipt, b"no", &signature));
        assert!(!sealer(7).has_signed(Checkpoint, b"yes", &signature));
        assert!(!sealer(8).has_signed(Receipt, b"yes", &signature));
        assert!(!sealer(7).has_signed(Receipt, b"yes", &signature[1..]));
        assert_ne!(sealer(7).public_keys(Receipt), sealer(8).public_keys(Receipt));
    }

    #[test]
    fn a_new_key_seals_and_the_one_before_it_still_opens_finds_and_verifies() {
        let (before, between, after) = (ring(&[(1, 7)]), ring(&[(2, 9), (1, 7)]), ring(&[(2, 9)]));
        let row = Uuid::from_u128(1);
        let old = before.seal("fact", "value", row, b"070-123").unwrap();
        let new = between.seal("fact", "value", row, b"070-123").unwrap();
        assert_eq!((old[1], new[1]), (1, 2));
        let opens = |sealer: &Sealer, sealed: &[u8]| sealer.open("fact", "value", row, sealed).is_ok();
        assert!(opens(&between, &old) && opens(&between, &new) && opens(&after, &new));
        assert!(!opens(&after, &old) && !opens(&before, &new));
        let all = between.blinds("number", b"same").unwrap();
        assert_eq!(all, [after.blind("number", b"same").unwrap(), before.blind("number", b"same").unwrap()]);
        let signature = before.sign(Signed::Receipt, b"yes");
        assert!(between.has_signed(Signed::Receipt, b"yes", &signature));
        assert!(!after.has_signed(Signed::Receipt, b"yes", &signature));
        // Only the public half is kept of a key that has been changed.
        let public = |what| <[u8; 32]>::try_from(before.public_keys(what).remove(0)).unwrap();
        let former =
            Former { number: 1, receipt: public(Signed::Receipt), checkpoint: public(Signed::Checkpoint) };
        let keys = vec![Key { number: 2, id: [2; 8], secret: Zeroizing::new([9; 32]) }];
        let later = Sealer::new(&KeyFile { keys, former: vec![former], demo: false }).unwrap();
        assert!(later.has_signed(Signed::Receipt, b"yes", &signature) && !opens(&later, &old));
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
