//! How this service proves itself to a provider: with a secret (`client_secret_basic`) or with a signature
//! (`private_key_jwt`, RFC 7523).

use super::settings::WaySettings;
use super::text::{encode, escaped};
use crate::config::Secret;
use crate::ids::random;
use http::HeaderValue;
use ring::rand::SystemRandom;
use ring::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, RSA_PKCS1_SHA256, RsaKeyPair,
};
use serde_json::json;
use skolstart_shared::base64;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use tokio_rustls::rustls::pki_types::PrivatePkcs8KeyDer;
use tokio_rustls::rustls::pki_types::pem::PemObject;

/// Seconds that a signature of ours holds.
const LIFETIME: i64 = 60;

enum Signer {
    Rsa(RsaKeyPair),
    Ecdsa(EcdsaKeyPair),
    Ed25519(Ed25519KeyPair),
}

enum Proof {
    Secret(Secret),
    Signature(Box<Signer>, Option<String>),
}

/// What this service proves itself with.
pub(super) struct ClientKey(Proof);

/// What goes along with a request to the token endpoint.
pub(super) struct Authentication {
    pub(super) header: Option<HeaderValue>,
    pub(super) form: Vec<(&'static str, String)>,
}

impl ClientKey {
    pub(super) fn read(settings: &WaySettings) -> Result<Self, &'static str> {
        if let Some(secret) = &settings.client_secret {
            return Ok(Self(Proof::Secret(secret.clone())));
        }
        if let Some(file) = &settings.client_secret_file {
            let text = fs::read_to_string(private(file)?).map_err(|_| "client_secret_file cannot be read")?;
            return Ok(Self(Proof::Secret(text.trim().to_owned().into())));
        }
        let file = settings.private_key_file.as_deref().ok_or("a secret must be given")?;
        let der = PrivatePkcs8KeyDer::from_pem_file(private(file)?);
        let der = der.map_err(|_| "private_key_file is no PEM file with a PKCS #8 key")?;
        let signer =
            Signer::read(der.secret_pkcs8_der()).ok_or("private_key_file is no RSA, P-256 or Ed25519 key")?;
        Ok(Self(Proof::Signature(Box::new(signer), settings.private_key_id.clone())))
    }

    /// What proves this client to the provider with this issuer, at `now` in seconds.
    pub(super) fn prove(&self, client_id: &str, issuer: &str, now: i64) -> Option<Authentication> {
        match &self.0 {
            Proof::Secret(secret) => {
                let pair = [&escaped(client_id), ":", &escaped(secret.reveal())].concat();
                let value = ["Basic ", &base64::encode(pair.as_bytes())].concat();
                let header = HeaderValue::try_from(value).ok()?;
                Some(Authentication { header: Some(header), form: Vec::new() })
            }
            Proof::Signature(signer, kid) => {
                let head = json!({"alg": signer.algorithm(), "typ": "JWT", "kid": kid});
                let id = encode(&random::<16>().ok()?);
                let claims = json!({
                    "iss": client_id, "sub": client_id, "aud": issuer, "jti": id, "iat": now, "exp": now + LIFETIME,
                });
                let part = |value: &serde_json::Value| encode(value.to_string().as_bytes());
                let signed = [&part(&head), ".", &part(&claims)].concat();
                let signature = encode(&signer.sign(signed.as_bytes())?);
                let kind = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer".to_owned();
                let form = vec![
                    ("client_id", client_id.to_owned()),
                    ("client_assertion_type", kind),
                    ("client_assertion", [&signed, ".", &signature].concat()),
                ];
                Some(Authentication { header: None, form })
            }
        }
    }
}

impl Signer {
    fn read(der: &[u8]) -> Option<Self> {
        let ecdsa = || EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, der, &SystemRandom::new());
        let rsa = RsaKeyPair::from_pkcs8(der).ok().map(Self::Rsa);
        rsa.or_else(|| ecdsa().ok().map(Self::Ecdsa))
            .or_else(|| Ed25519KeyPair::from_pkcs8_maybe_unchecked(der).ok().map(Self::Ed25519))
    }

    fn algorithm(&self) -> &'static str {
        match self {
            Self::Rsa(_) => "RS256",
            Self::Ecdsa(_) => "ES256",
            Self::Ed25519(_) => "EdDSA",
        }
    }

    fn sign(&self, bytes: &[u8]) -> Option<Vec<u8>> {
        let random = SystemRandom::new();
        match self {
            Self::Rsa(key) => {
                let mut signature = vec![0; key.public().modulus_len()];
                key.sign(&RSA_PKCS1_SHA256, &random, bytes, &mut signature).ok()?;
                Some(signature)
            }
            Self::Ecdsa(key) => Some(key.sign(&random, bytes).ok()?.as_ref().to_vec()),
            Self::Ed25519(key) => Some(key.sign(bytes).as_ref().to_vec()),
        }
    }
}

/// The file, if not everybody on the machine can read it.
fn private(file: &Path) -> Result<&Path, &'static str> {
    let mode = fs::metadata(file).map_err(|_| "the file of its secret cannot be read")?.permissions().mode();
    if mode & 0o007 == 0 {
        Ok(file)
    } else {
        Err("everybody on this machine can reach the file of its secret")
    }
}
