use super::key_file::{Key, KeyFile};
use super::person_file::Wrapped;
use super::person_keys::PersonKeys;
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

/// Sealed with the key of the key file: format, number of the key, nonce, ciphertext with tag.
pub(in crate::store) const OF_NOBODY: u8 = 1;
const NONCE: usize = 24;
const HEAD: usize = 2;
/// Sealed with the key of a person: format, number of the key file's key at that time, person, nonce, ciphertext with tag.
pub(in crate::store) const OF_PERSON: u8 = 2;
const PERSON_HEAD: usize = 18;

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
    persons: Option<Arc<PersonKeys>>,
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
    wrap: XChaCha20Poly1305,
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
        let cipher = |purpose: &[u8]| -> Result<XChaCha20Poly1305, BrokenSeal> {
            Ok(XChaCha20Poly1305::new(&chacha20poly1305::Key::from(*derive(purpose)?)))
        };
        Ok(Self {
            number: key.number,
            seal: cipher(b"skolstart seal v1")?,
            wrap: cipher(b"skolstart keys of persons v1")?,
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
        Ok(Self { ring: Arc::new(Ring { newest, earlier: keys.collect(), former }), persons: None })
    }

    pub(super) fn with_persons(self, persons: PersonKeys) -> Self {
        Self { persons: Some(Arc::new(persons)), ..self }
    }

    /// The keys of persons.
    pub(in crate::store) fn persons(&self) -> Result<&PersonKeys, StoreError> {
        self.persons.as_deref().ok_or(StoreError::Corrupt("the keys of persons"))
    }

    /// The number of the key that seals.
    pub(in crate::store) fn number(&self) -> u8 {
        self.ring.newest.number
    }

    fn keys(&self) -> impl Iterator<Item = &Keys> {
        std::iter::once(&self.ring.newest).chain(&self.ring.earlier)
    }

    /// Seals the field of one row that is nobody's. Only the same table, column and row opens it again.
    pub(in crate::store) fn seal(
        &self,
        table: &str,
        column: &str,
        row: Uuid,
        plain: &[u8],
    ) -> Result<Vec<u8>, StoreError> {
        let key = &self.ring.newest;
        let aad = format!("{table}|{column}|{row}|{}", key.number);
        sealed(&[OF_NOBODY, key.number], &key.seal, &aad, plain)
    }

    /// Seals the field of one row of a person, with her key. Nothing opens it when that is gone.
    pub(in crate::store) fn seal_for(
        &self,
        person: Uuid,
        table: &str,
        column: &str,
        row: Uuid,
        plain: &[u8],
    ) -> Result<Vec<u8>, StoreError> {
        let cipher = match self.cipher_of(person)? {
            Some(cipher) => cipher,
            None => {
                self.make_keys(&[person])?;
                self.cipher_of(person)?.ok_or(StoreError::Busy)?
            }
        };
        let number = self.number();
        let head = [&[OF_PERSON, number], person.as_bytes().as_slice()].concat();
        sealed(&head, &cipher, &format!("{table}|{column}|{row}|{person}|{number}"), plain)
    }

    /// Opens the field of one row, whoever's it is.
    pub(in crate::store) fn open(
        &self,
        table: &str,
        column: &str,
        row: Uuid,
        sealed: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, BrokenSeal> {
        let (&[format, number], rest) = sealed.split_first_chunk::<HEAD>().ok_or(BrokenSeal)?;
        if let Some(person) = sealed_for(sealed) {
            let cipher = self.cipher_of(person).ok().flatten().ok_or(BrokenSeal)?;
            let rest = sealed.get(PERSON_HEAD..).ok_or(BrokenSeal)?;
            return opened(&cipher, &format!("{table}|{column}|{row}|{person}|{number}"), rest);
        }
        let key = self.keys().find(|key| format == OF_NOBODY && key.number == number).ok_or(BrokenSeal)?;
        opened(&key.seal, &format!("{table}|{column}|{row}|{number}"), rest)
    }

    /// The same for the field of a row that says whose it is: what another person's key has sealed does not open.
    pub(in crate::store) fn open_for(
        &self,
        person: Uuid,
        table: &str,
        column: &str,
        row: Uuid,
        sealed: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, BrokenSeal> {
        match sealed_for(sealed) {
            Some(other) if other != person => Err(BrokenSeal),
            _ => self.open(table, column, row, sealed),
        }
    }

    /// Seals the key of a person with the newest key.
    pub(super) fn wrapped(
        &self,
        store: &[u8; 16],
        person: Uuid,
        secret: &[u8; 32],
    ) -> Result<Wrapped, StoreError> {
        let (key, nonce) = (&self.ring.newest, random()?);
        let payload = Payload { msg: secret, aad: &of_store(store, person, key.number) };
        let sealed =
            key.wrap.encrypt(&XNonce::from(nonce), payload).ok().and_then(|sealed| sealed.try_into().ok());
        let sealed = sealed.ok_or(StoreError::Corrupt("seal"))?;
        Ok(Wrapped { person, number: key.number, nonce, sealed })
    }

    /// Opens the key of a person.
    pub(super) fn unwrapped(
        &self,
        store: &[u8; 16],
        wrapped: &Wrapped,
    ) -> Result<Zeroizing<[u8; 32]>, BrokenSeal> {
        let key = self.keys().find(|key| key.number == wrapped.number).ok_or(BrokenSeal)?;
        let payload = Payload { msg: &wrapped.sealed, aad: &of_store(store, wrapped.person, wrapped.number) };
        let opened = key.wrap.decrypt(&XNonce::from(wrapped.nonce), payload).map(Zeroizing::new);
        let mut secret = Zeroizing::new([0; 32]);
        let opened = opened.map_err(|_| BrokenSeal)?;
        secret.copy_from_slice(opened.get(..32).ok_or(BrokenSeal)?);
        Ok(secret)
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

/// Whose key has sealed it. `None`: nobody's.
pub(in crate::store) fn sealed_for(sealed: &[u8]) -> Option<Uuid> {
    let (&[format, _], rest) = sealed.split_first_chunk::<HEAD>()?;
    let person = rest.first_chunk::<16>()?;
    (format == OF_PERSON).then(|| Uuid::from_bytes(*person))
}

fn of_store(store: &[u8; 16], person: Uuid, number: u8) -> Vec<u8> {
    [store.as_slice(), person.as_bytes(), &[number]].concat()
}

fn sealed(head: &[u8], cipher: &XChaCha20Poly1305, aad: &str, plain: &[u8]) -> Result<Vec<u8>, StoreError> {
    let nonce: [u8; NONCE] = random()?;
    let payload = Payload { msg: plain, aad: aad.as_bytes() };
    let sealed = cipher.encrypt(&XNonce::from(nonce), payload).map_err(|_| StoreError::Corrupt("seal"))?;
    Ok([head, &nonce, &sealed].concat())
}

fn opened(cipher: &XChaCha20Poly1305, aad: &str, rest: &[u8]) -> Result<Zeroizing<Vec<u8>>, BrokenSeal> {
    let (nonce, ciphertext) = rest.split_first_chunk::<NONCE>().ok_or(BrokenSeal)?;
    let payload = Payload { msg: ciphertext, aad: aad.as_bytes() };
    cipher.decrypt(&XNonce::from(*nonce), payload).map(Zeroizing::new).map_err(|_| BrokenSeal)
}
