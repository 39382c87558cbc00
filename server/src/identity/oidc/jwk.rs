//! The public keys of a provider, as a JSON Web Key Set (RFC 7517). Verifies a signature with one of them.

use super::text::decode;
use ring::signature::{self as ring_signature, RsaPublicKeyComponents, UnparsedPublicKey};
use serde::Deserialize;

/// The ways to sign that can be accepted. None that is made with a shared secret, and not `none`: a name that is not here
/// cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
pub enum Algorithm {
    /// RSA PKCS#1 v1.5 with SHA-256.
    RS256,
    /// RSA PSS with SHA-256.
    PS256,
    /// ECDSA on P-256 with SHA-256.
    ES256,
    /// ECDSA on P-384 with SHA-384.
    ES384,
    /// Ed25519.
    EdDSA,
}

impl Algorithm {
    pub(super) const ALL: [Self; 5] = [Self::RS256, Self::PS256, Self::ES256, Self::ES384, Self::EdDSA];

    pub(super) fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.name() == name)
    }

    fn name(self) -> &'static str {
        match self {
            Self::RS256 => "RS256",
            Self::PS256 => "PS256",
            Self::ES256 => "ES256",
            Self::ES384 => "ES384",
            Self::EdDSA => "EdDSA",
        }
    }
}

/// A public key. What else a set may hold of it is not read.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Jwk {
    kty: String,
    kid: Option<String>,
    #[serde(rename = "use")]
    purpose: Option<String>,
    alg: Option<String>,
    crv: Option<String>,
    n: Option<String>,
    e: Option<String>,
    x: Option<String>,
    y: Option<String>,
}

/// The keys of a provider.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Jwks {
    pub(super) keys: Vec<serde_json::Value>,
}

impl Jwks {
    /// The key that a token names. Without a name only where a single one fits: trying keys in turn helps nobody but
    /// who has one of them.
    pub(super) fn find(&self, kid: Option<&str>, algorithm: Algorithm) -> Option<Jwk> {
        // A key that cannot be read is for somebody else.
        let read = self.keys.iter().filter_map(|key| serde_json::from_value::<Jwk>(key.clone()).ok());
        let mut fitting = read
            .filter(|key| key.fits(algorithm) && kid.is_none_or(|wanted| key.kid.as_deref() == Some(wanted)));
        let found = fitting.next()?;
        fitting.next().is_none().then_some(found)
    }
}

impl Jwk {
    fn fits(&self, algorithm: Algorithm) -> bool {
        let kind = match algorithm {
            Algorithm::RS256 | Algorithm::PS256 => ("RSA", None),
            Algorithm::ES256 => ("EC", Some("P-256")),
            Algorithm::ES384 => ("EC", Some("P-384")),
            Algorithm::EdDSA => ("OKP", Some("Ed25519")),
        };
        (self.kty.as_str(), self.crv.as_deref()) == kind
            && self.purpose.as_deref().is_none_or(|purpose| purpose == "sig")
            && self.alg.as_deref().is_none_or(|alg| alg == algorithm.name())
    }

    /// True when the holder of this key has signed these bytes in this way.
    pub(super) fn has_signed(&self, algorithm: Algorithm, bytes: &[u8], signature: &[u8]) -> bool {
        let part = |text: &Option<String>| text.as_deref().and_then(decode);
        let rsa = |way| {
            let (n, e) = (part(&self.n)?, part(&self.e)?);
            RsaPublicKeyComponents { n: trimmed(&n), e: trimmed(&e) }.verify(way, bytes, signature).ok()
        };
        let point = |way: &'static dyn ring_signature::VerificationAlgorithm| {
            let key = [&[4], part(&self.x)?.as_slice(), part(&self.y)?.as_slice()].concat();
            UnparsedPublicKey::new(way, key).verify(bytes, signature).ok()
        };
        let verified = match algorithm {
            Algorithm::RS256 => rsa(&ring_signature::RSA_PKCS1_2048_8192_SHA256),
            Algorithm::PS256 => rsa(&ring_signature::RSA_PSS_2048_8192_SHA256),
            Algorithm::ES256 => point(&ring_signature::ECDSA_P256_SHA256_FIXED),
            Algorithm::ES384 => point(&ring_signature::ECDSA_P384_SHA384_FIXED),
            Algorithm::EdDSA => part(&self.x).and_then(|key| {
                UnparsedPublicKey::new(&ring_signature::ED25519, key).verify(bytes, signature).ok()
            }),
        };
        verified.is_some()
    }
}

/// A number without leading zeros: `ring` takes no others.
fn trimmed(number: &[u8]) -> &[u8] {
    let zeros = number.iter().take_while(|byte| **byte == 0).count();
    number.get(zeros..).unwrap_or_default()
}
