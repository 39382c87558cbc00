//! A device with passkeys, and the browser in front of it, as far as a server sees them (WebAuthn 3, 6 and 7).
//!
//! Made by hand and not with the library that verifies: what both sides get wrong in the same way no test would find.

use crate::provider::url64;
use crate::site::ORIGIN;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

const PRESENT: u8 = 0x01;
const VERIFIED: u8 = 0x04;
const HAS_KEY: u8 = 0x40;

pub(crate) struct Device {
    pub(crate) key: EcdsaKeyPair,
    /// The same as it is written, for a copy.
    pub(crate) document: Vec<u8>,
    pub(crate) credential: Vec<u8>,
    /// Whose it says that the passkey is.
    pub(crate) handle: String,
    /// How often it has signed. 0: it does not count, as those that are kept in step over several devices.
    pub(crate) counter: u32,
    /// Whether it makes sure who holds it.
    pub(crate) verifies: bool,
    /// Which page its browser shows.
    pub(crate) origin: String,
    /// What it says about whether the passkey is found by itself.
    pub(crate) discoverable: Value,
}

fn parsed(options: &str) -> Value {
    serde_json::from_str(options).unwrap()
}

fn hash(bytes: &[u8]) -> Vec<u8> {
    Sha256::digest(bytes).to_vec()
}

impl Device {
    pub(crate) fn new() -> Self {
        let random = SystemRandom::new();
        let document = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &random).unwrap();
        Self {
            credential: skolstart_server::ids::random::<16>().unwrap().to_vec(),
            handle: String::new(),
            counter: 1,
            verifies: true,
            origin: ORIGIN.to_owned(),
            discoverable: json!({"credProps": {"rk": true}}),
            ..Self::with(document.as_ref().to_vec())
        }
    }

    fn with(document: Vec<u8>) -> Self {
        let random = SystemRandom::new();
        let key = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &document, &random).unwrap();
        let (credential, handle, origin) = (Vec::new(), String::new(), String::new());
        Self {
            key,
            document,
            credential,
            handle,
            counter: 0,
            verifies: true,
            origin,
            discoverable: json!({}),
        }
    }

    /// The same passkey in other hands, counting for itself from here.
    pub(crate) fn copy(&self) -> Self {
        Self {
            credential: self.credential.clone(),
            handle: self.handle.clone(),
            counter: self.counter,
            verifies: self.verifies,
            origin: self.origin.clone(),
            discoverable: self.discoverable.clone(),
            ..Self::with(self.document.clone())
        }
    }

    /// Another passkey that claims to be this one.
    pub(crate) fn impostor(&self) -> Self {
        let other = Self::new();
        let (credential, handle) = (self.credential.clone(), self.handle.clone());
        Self { credential, handle, counter: self.counter, ..other }
    }

    fn client_data(&self, kind: &str, challenge: &Value) -> Vec<u8> {
        json!({"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": false})
            .to_string()
            .into_bytes()
    }

    fn authenticator_data(&self, rp: &str, more: u8, rest: &[u8]) -> Vec<u8> {
        let verified = if self.verifies { VERIFIED } else { 0 };
        let flags = [PRESENT | verified | more];
        [hash(rp.as_bytes()).as_slice(), &flags, &self.counter.to_be_bytes(), rest].concat()
    }

    /// Makes the passkey, and answers as the browser writes it.
    pub(crate) fn made(&mut self, options: &str) -> String {
        let options = parsed(options);
        self.handle = options["user"]["id"].as_str().unwrap().to_owned();
        let point = self.key.public_key().as_ref();
        let (x, y) = point[1..].split_at(32);
        // COSE (RFC 9052): an EC2 key on P-256 for ES256.
        let cose = [&[0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 32], x, &[0x22, 0x58, 32], y].concat();
        let length = u16::try_from(self.credential.len()).unwrap().to_be_bytes();
        let rest = [&[0; 16], length.as_slice(), &self.credential, &cose].concat();
        let data = self.authenticator_data(options["rp"]["id"].as_str().unwrap(), HAS_KEY, &rest);
        // CBOR: {"fmt": "none", "attStmt": {}, "authData": …}
        let length = [0x58, u8::try_from(data.len()).unwrap()];
        let object = [b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData".as_slice(), &length, &data].concat();
        let client = self.client_data("webauthn.create", &options["challenge"]);
        json!({
            "id": url64(&self.credential), "rawId": url64(&self.credential), "type": "public-key",
            "authenticatorAttachment": "platform", "clientExtensionResults": self.discoverable,
            "response": {"attestationObject": url64(&object), "clientDataJSON": url64(&client), "transports": ["internal"]},
        })
        .to_string()
    }

    /// Signs, and answers as the browser writes it.
    pub(crate) fn signed(&mut self, options: &str) -> String {
        if self.counter > 0 {
            self.counter += 1;
        }
        let options = parsed(options);
        let data = self.authenticator_data(options["rpId"].as_str().unwrap(), 0, &[]);
        let client = self.client_data("webauthn.get", &options["challenge"]);
        let message = [data.as_slice(), &hash(&client)].concat();
        let signature = self.key.sign(&SystemRandom::new(), &message).unwrap();
        json!({
            "id": url64(&self.credential), "rawId": url64(&self.credential), "type": "public-key",
            "authenticatorAttachment": "platform", "clientExtensionResults": {},
            "response": {
                "authenticatorData": url64(&data), "clientDataJSON": url64(&client),
                "signature": url64(signature.as_ref()), "userHandle": self.handle,
            },
        })
        .to_string()
    }

    /// True when the options ask the device not to make this passkey again.
    pub(crate) fn is_excluded(&self, options: &str) -> bool {
        let excluded = parsed(options)["excludeCredentials"].as_array().cloned().unwrap_or_default();
        excluded.iter().any(|one| one["id"] == url64(&self.credential))
    }
}
