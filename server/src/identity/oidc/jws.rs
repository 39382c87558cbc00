//! A signed token (RFC 7515, compact form): what its head says, and what it holds once the signature has been verified.

use super::jwk::{Algorithm, Jwks};
use super::text::decode;
use serde::Deserialize;
use serde_json::{Map, Value};

/// What a token holds.
pub(super) type Claims = Map<String, Value>;

/// The head. What is not named here changes nothing, except `crit`, which says that it would.
#[derive(Deserialize)]
struct Head {
    alg: String,
    kid: Option<String>,
    typ: Option<String>,
    crit: Option<Value>,
}

/// Why a token was not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unverified {
    /// It is no signed token, or signed in a way that is not accepted.
    Form,
    /// It names a key that is not known: worth asking for the keys anew, once.
    UnknownKey,
    /// The signature is not of that key.
    Signature,
}

/// What kind of token is expected, by the `typ` of its head.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Typ {
    /// An ID token or a signed UserInfo: `JWT`, or none.
    Jwt,
    /// A logout token (OpenID Connect Back-Channel Logout 1.0, 2.4): `logout+jwt`, or `JWT`, or none.
    Logout,
}

/// Longest token that is read.
const MOST: usize = 32 * 1024;

/// The claims of a token, if its signature holds.
pub(super) fn verify(
    token: &str,
    accepted: &[Algorithm],
    keys: &Jwks,
    typ: Typ,
) -> Result<Claims, Unverified> {
    if token.len() > MOST {
        return Err(Unverified::Form);
    }
    let (signed, signature) = token.rsplit_once('.').ok_or(Unverified::Form)?;
    let (head, payload) = signed.split_once('.').ok_or(Unverified::Form)?;
    let part = |text: &str| decode(text).ok_or(Unverified::Form);
    let head: Head = serde_json::from_slice(&part(head)?).map_err(|_| Unverified::Form)?;
    let algorithm = Algorithm::from_name(&head.alg).filter(|found| accepted.contains(found));
    let algorithm = algorithm.ok_or(Unverified::Form)?;
    if head.crit.is_some() || !fits(head.typ.as_deref(), typ) {
        return Err(Unverified::Form);
    }
    let key = keys.find(head.kid.as_deref(), algorithm).ok_or(Unverified::UnknownKey)?;
    if !key.has_signed(algorithm, signed.as_bytes(), &part(signature)?) {
        return Err(Unverified::Signature);
    }
    serde_json::from_slice(&part(payload)?).map_err(|_| Unverified::Form)
}

fn fits(said: Option<&str>, typ: Typ) -> bool {
    let Some(said) = said else { return true };
    said.eq_ignore_ascii_case("jwt") || (typ == Typ::Logout && said.eq_ignore_ascii_case("logout+jwt"))
}

#[cfg(test)]
mod tests {
    use super::super::text::encode;
    use super::*;
    use ring::rand::SystemRandom;
    use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
    use serde_json::json;

    struct Signer(EcdsaKeyPair, SystemRandom);

    impl Signer {
        fn new() -> Self {
            let random = SystemRandom::new();
            let document = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).unwrap();
            let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, document.as_ref(), &random);
            Self(pair.unwrap(), random)
        }

        fn keys(&self, kid: &str, purpose: &str) -> Jwks {
            let point = self.0.public_key().as_ref();
            let (x, y) = (encode(&point[1..33]), encode(&point[33..]));
            let key = json!({"kty": "EC", "crv": "P-256", "kid": kid, "use": purpose, "x": x, "y": y});
            serde_json::from_value(json!({"keys": [{"kty": "oct", "k": "x"}, 7, key]})).unwrap()
        }

        fn sign(&self, head: Value, claims: Value) -> String {
            let signed =
                format!("{}.{}", encode(head.to_string().as_bytes()), encode(claims.to_string().as_bytes()));
            let signature = self.0.sign(&self.1, signed.as_bytes()).unwrap();
            format!("{signed}.{}", encode(signature.as_ref()))
        }
    }

    const ACCEPTED: [Algorithm; 1] = [Algorithm::ES256];

    #[test]
    fn what_is_signed_is_read_and_nothing_else() {
        let signer = Signer::new();
        let keys = signer.keys("a", "sig");
        let verify = |token: &str| super::verify(token, &ACCEPTED, &keys, Typ::Jwt);
        let head = json!({"alg": "ES256", "kid": "a", "typ": "JWT"});
        let token = signer.sign(head.clone(), json!({"sub": "1"}));
        assert_eq!(verify(&token).unwrap()["sub"], "1");
        // Another's signature, another's content, another key's name.
        assert_eq!(
            verify(&Signer::new().sign(head.clone(), json!({"sub": "1"}))),
            Err(Unverified::Signature)
        );
        let (start, signature) = token.rsplit_once('.').unwrap();
        let (start, _) = start.split_once('.').unwrap();
        let other = format!("{start}.{}.{signature}", encode(b"{\"sub\":\"2\"}"));
        assert_eq!(verify(&other), Err(Unverified::Signature));
        let unknown = signer.sign(json!({"alg": "ES256", "kid": "b"}), json!({}));
        assert_eq!(verify(&unknown), Err(Unverified::UnknownKey));
        for head in [
            json!({"alg": "none", "kid": "a"}),
            json!({"alg": "HS256", "kid": "a"}),
            json!({"alg": "RS256", "kid": "a"}),
            json!({"alg": "ES256", "kid": "a", "crit": ["x"]}),
            json!({"alg": "ES256", "kid": "a", "typ": "at+jwt"}),
            json!({"alg": "ES256", "kid": "a", "typ": "logout+jwt"}),
        ] {
            assert_eq!(verify(&signer.sign(head.clone(), json!({}))), Err(Unverified::Form), "{head}");
        }
        for wrong in ["", "a", "a.b", "a.b.c", &token.replace('.', ""), &"a".repeat(MOST + 1)] {
            assert_eq!(verify(wrong), Err(Unverified::Form));
        }
    }

    #[test]
    fn a_key_for_something_else_is_no_key() {
        let signer = Signer::new();
        let token = signer.sign(json!({"alg": "ES256"}), json!({}));
        let verify = |keys: &Jwks| super::verify(&token, &ACCEPTED, keys, Typ::Jwt);
        assert!(verify(&signer.keys("a", "sig")).is_ok(), "the only one");
        assert_eq!(verify(&signer.keys("a", "enc")), Err(Unverified::UnknownKey));
        let two: Vec<Value> = [signer.keys("a", "sig"), signer.keys("b", "sig")]
            .into_iter()
            .flat_map(|keys| keys.keys)
            .collect();
        assert_eq!(verify(&Jwks { keys: two }), Err(Unverified::UnknownKey), "which of the two?");
    }
}
