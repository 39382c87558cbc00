//! A provider of identity on a loopback port that does what is asked of it, or one thing wrong. It is no part of any build:
//! the independent one, `oidc-provider`, is in the browser journeys.

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use http::{HeaderMap, StatusCode, header};
use ring::hmac;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use skolstart_server::clock::Clock;
use skolstart_shared::base64;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::net::TcpListener;

pub(crate) const LEVEL: &str = "http://id.elegnamnden.se/loa/1.0/loa3";
pub(crate) const SECRET: &str = "a secret & more";

/// What the provider does wrong.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Fault {
    #[default]
    None,
    OtherNonce,
    NoNonce,
    WrongIssuer,
    WrongAudience,
    NotSigned,
    SignedWithThePublicKey,
    UnknownKey,
    OtherKey,
    Expired,
    LivesTooLong,
    LowLevel,
    LongAgo,
    UnsignedUserInfo,
    UserInfoOfAnother,
    RedirectsTheCode,
    MetadataOfAnother,
    SignInElsewhere,
    TokenEndpointFails,
    FarTooMuch,
    NoPkce,
}

struct Granted {
    nonce: String,
    challenge: String,
    subject: String,
    number: Option<String>,
}

struct Inner {
    url: String,
    clock: Clock,
    key: EcdsaKeyPair,
    fault: Mutex<Fault>,
    codes: Mutex<HashMap<String, Granted>>,
    /// Of the last access token: who, and the number.
    about: Mutex<(String, Option<String>)>,
    /// What the token endpoint was sent, and whether the redirect was followed.
    pub(crate) seen: Mutex<Vec<String>>,
    user_info: bool,
}

#[derive(Clone)]
pub(crate) struct Provider(Arc<Inner>);

fn lock<T>(place: &Mutex<T>) -> MutexGuard<'_, T> {
    place.lock().unwrap_or_else(PoisonError::into_inner)
}

pub(crate) fn url64(bytes: &[u8]) -> String {
    base64::encode(bytes).trim_end_matches('=').replace('+', "-").replace('/', "_")
}

fn unescaped(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digits = [rest.next().unwrap(), rest.next().unwrap()];
            bytes.push(u8::from_str_radix(std::str::from_utf8(&digits).unwrap(), 16).unwrap());
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).unwrap()
}

pub(crate) fn pairs(query: &str) -> HashMap<String, String> {
    let split = query.split('&').filter_map(|pair| pair.split_once('='));
    split.map(|(name, value)| (unescaped(name), unescaped(value))).collect()
}

fn new_key() -> EcdsaKeyPair {
    let random = SystemRandom::new();
    let document = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).unwrap();
    EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, document.as_ref(), &random).unwrap()
}

impl Provider {
    /// Starts it. `user_info`: numbers stand in a signed UserInfo and not in the ID token.
    pub(crate) async fn start(clock: Clock, user_info: bool) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (codes, about, seen) = Default::default();
        let fault = Mutex::default();
        let provider =
            Self(Arc::new(Inner { url, clock, key: new_key(), fault, codes, about, seen, user_info }));
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(metadata))
            .route("/jwks", get(jwks))
            .route("/token", post(token))
            .route("/elsewhere", get(elsewhere).post(elsewhere))
            .route("/userinfo", get(user_info_endpoint))
            .with_state(provider.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        provider
    }

    pub(crate) fn url(&self) -> &str {
        &self.0.url
    }

    pub(crate) fn does_wrong(&self, fault: Fault) {
        *lock(&self.0.fault) = fault;
    }

    fn fault(&self) -> Fault {
        *lock(&self.0.fault)
    }

    /// What the token endpoint was sent.
    pub(crate) fn seen(&self) -> Vec<String> {
        lock(&self.0.seen).clone()
    }

    /// Somebody proves who she is: the query of the callback that follows from the address the browser was sent to.
    pub(crate) fn proves(&self, address: &str, subject: &str, number: Option<&str>) -> String {
        let asked = pairs(address.split_once('?').unwrap().1);
        assert_eq!(
            (asked["response_type"].as_str(), asked["code_challenge_method"].as_str()),
            ("code", "S256")
        );
        assert_eq!(asked["client_id"], "skolstart");
        assert!(asked["claims"].contains("\"essential\":true") && asked["claims"].contains(LEVEL));
        let code = url64(&skolstart_server::ids::random::<16>().unwrap());
        let granted = Granted {
            nonce: asked["nonce"].clone(),
            challenge: asked["code_challenge"].clone(),
            subject: subject.to_owned(),
            number: number.map(str::to_owned),
        };
        lock(&self.0.codes).insert(code.clone(), granted);
        let issuer: String = self.0.url.replace(':', "%3A").replace('/', "%2F");
        format!("code={code}&state={}&iss={issuer}", asked["state"])
    }

    /// What the provider sends when somebody has signed out there, after `change`.
    pub(crate) fn logout_token(&self, typ: &str, change: impl FnOnce(&mut Value)) -> String {
        let now = self.0.clock.now().as_millis() / 1000;
        let id = url64(&skolstart_server::ids::random::<16>().unwrap());
        let mut claims = json!({
            "iss": self.0.url, "aud": "skolstart", "iat": now, "exp": now + 120, "jti": id,
            "events": {"http://schemas.openid.net/event/backchannel-logout": {}},
        });
        change(&mut claims);
        self.signed_as(typ, &claims)
    }

    fn signed(&self, claims: &Value) -> String {
        self.signed_as("JWT", claims)
    }

    fn signed_as(&self, typ: &str, claims: &Value) -> String {
        let (alg, kid) = match self.fault() {
            Fault::NotSigned => ("none", "one"),
            Fault::SignedWithThePublicKey => ("HS256", "one"),
            Fault::UnknownKey => ("ES256", "two"),
            _ => ("ES256", "one"),
        };
        let head = json!({"alg": alg, "kid": kid, "typ": typ});
        let part = |value: &Value| url64(value.to_string().as_bytes());
        let signed = format!("{}.{}", part(&head), part(claims));
        let random = SystemRandom::new();
        let signature = match self.fault() {
            Fault::NotSigned => Vec::new(),
            Fault::SignedWithThePublicKey => {
                let key = hmac::Key::new(hmac::HMAC_SHA256, self.0.key.public_key().as_ref());
                hmac::sign(&key, signed.as_bytes()).as_ref().to_vec()
            }
            Fault::OtherKey => new_key().sign(&random, signed.as_bytes()).unwrap().as_ref().to_vec(),
            _ => self.0.key.sign(&random, signed.as_bytes()).unwrap().as_ref().to_vec(),
        };
        format!("{signed}.{}", url64(&signature))
    }

    fn id_token(&self, granted: &Granted) -> String {
        let now = self.0.clock.now().as_millis() / 1000;
        let mut claims = json!({
            "iss": self.0.url, "aud": "skolstart", "sub": granted.subject, "nonce": granted.nonce,
            "iat": now, "exp": now + 300, "auth_time": now - 5, "acr": LEVEL, "sid": format!("session-{}", lock(&self.0.seen).len()),
        });
        if !self.0.user_info {
            claims["https://id.oidc.se/claim/personalIdentityNumber"] = json!(granted.number);
        }
        match self.fault() {
            Fault::OtherNonce => claims["nonce"] = json!("other"),
            Fault::NoNonce => drop(claims.as_object_mut().unwrap().remove("nonce")),
            Fault::WrongIssuer => claims["iss"] = json!("https://other.example.se"),
            Fault::WrongAudience => claims["aud"] = json!(["other"]),
            Fault::Expired => (claims["iat"], claims["exp"]) = (json!(now - 300), json!(now - 60)),
            Fault::LivesTooLong => claims["exp"] = json!(now + 3600),
            Fault::LowLevel => claims["acr"] = json!("http://id.elegnamnden.se/loa/1.0/loa2"),
            Fault::LongAgo => claims["auth_time"] = json!(now - 24 * 3600),
            _ => {}
        }
        self.signed(&claims)
    }
}

async fn metadata(State(provider): State<Provider>) -> Response {
    let url = &provider.0.url;
    let mut document = json!({
        "issuer": url, "authorization_endpoint": format!("{url}/authorize"),
        "token_endpoint": format!("{url}/token"), "jwks_uri": format!("{url}/jwks"),
        "userinfo_endpoint": format!("{url}/userinfo"), "code_challenge_methods_supported": ["S256"],
        "authorization_response_iss_parameter_supported": true,
    });
    match provider.fault() {
        Fault::MetadataOfAnother => document["issuer"] = json!("https://other.example.se"),
        Fault::SignInElsewhere => {
            document["authorization_endpoint"] = json!("http://evil.example.se/authorize")
        }
        Fault::NoPkce => document["code_challenge_methods_supported"] = json!(["plain"]),
        Fault::FarTooMuch => document["more"] = json!("x".repeat(200_000)),
        _ => {}
    }
    axum::Json(document).into_response()
}

async fn jwks(State(provider): State<Provider>) -> Response {
    let point = provider.0.key.public_key().as_ref();
    let (x, y) = (url64(&point[1..33]), url64(&point[33..]));
    let key =
        json!({"kty": "EC", "crv": "P-256", "kid": "one", "use": "sig", "alg": "ES256", "x": x, "y": y});
    axum::Json(json!({"keys": [key]})).into_response()
}

async fn token(State(provider): State<Provider>, headers: HeaderMap, body: Bytes) -> Response {
    let body = String::from_utf8(body.to_vec()).unwrap();
    lock(&provider.0.seen).push(body.clone());
    match provider.fault() {
        Fault::RedirectsTheCode => {
            return Redirect::temporary(&format!("{}/elsewhere", provider.0.url)).into_response();
        }
        Fault::TokenEndpointFails => return StatusCode::BAD_GATEWAY.into_response(),
        _ => {}
    }
    let form = pairs(&body);
    let basic = format!("Basic {}", base64::encode(b"skolstart:a%20secret%20%26%20more"));
    let by_secret = headers.get(header::AUTHORIZATION).is_some_and(|value| value == basic.as_str());
    let refused = |why: &str| (StatusCode::BAD_REQUEST, axum::Json(json!({"error": why}))).into_response();
    if !by_secret && !form.contains_key("client_assertion") {
        return refused("invalid_client");
    }
    // A code is used once (RFC 6749, 4.1.2).
    let Some(granted) = lock(&provider.0.codes).remove(&form["code"]) else {
        return refused("invalid_grant");
    };
    let challenge = url64(&Sha256::digest(&form["code_verifier"]));
    if challenge != granted.challenge || !form["redirect_uri"].ends_with("/callback") {
        return refused("invalid_grant");
    }
    *lock(&provider.0.about) = (granted.subject.clone(), granted.number.clone());
    let tokens =
        json!({"id_token": provider.id_token(&granted), "access_token": "access", "token_type": "Bearer"});
    axum::Json(tokens).into_response()
}

async fn elsewhere(State(provider): State<Provider>, Query(_): Query<HashMap<String, String>>) -> Response {
    lock(&provider.0.seen).push("followed".to_owned());
    StatusCode::OK.into_response()
}

async fn user_info_endpoint(State(provider): State<Provider>, headers: HeaderMap) -> Response {
    if headers.get(header::AUTHORIZATION).is_none_or(|value| value != "Bearer access") {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    let (mut subject, number) = lock(&provider.0.about).clone();
    if provider.fault() == Fault::UserInfoOfAnother {
        subject.push_str("-other");
    }
    let claims = json!({
        "iss": provider.0.url, "aud": "skolstart", "sub": subject,
        "https://id.oidc.se/claim/personalIdentityNumber": number,
    });
    if provider.fault() == Fault::UnsignedUserInfo {
        return axum::Json(claims).into_response();
    }
    ([(header::CONTENT_TYPE, "application/jwt")], provider.signed(&claims)).into_response()
}
