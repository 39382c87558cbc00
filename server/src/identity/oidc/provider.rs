//! What a provider says about itself, and its keys. Kept for a while, and fetched by one request at a time; a provider that
//! did not answer just now is not waited for again.

use super::address::is_safe;
use super::jwk::Jwks;
use super::settings::{UserInfo, WaySettings};
use crate::identity::{Refused, SignInError};
use crate::outbound::Outbound;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Mutex;
use tokio::time::Instant;

/// How long what a provider says about itself is believed.
const KEPT: Duration = Duration::from_secs(3600);
/// How long nobody tries again after a provider did not answer.
const PAUSE: Duration = Duration::from_secs(3);
/// How long nobody asks for the keys again: a token with a made-up key must not make us ask each time.
const KEYS_PAUSE: Duration = Duration::from_secs(30);

/// The parts of a provider's metadata that are used (OpenID Connect Discovery 1.0, 3).
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Metadata {
    issuer: String,
    pub(super) authorization_endpoint: String,
    pub(super) token_endpoint: String,
    jwks_uri: String,
    pub(super) userinfo_endpoint: Option<String>,
    code_challenge_methods_supported: Option<Vec<String>>,
    /// The callback says whom it is from (RFC 9207).
    #[serde(default, rename = "authorization_response_iss_parameter_supported")]
    pub(super) says_issuer: bool,
}

/// A provider as it was last seen.
#[derive(Clone)]
pub(super) struct Provider {
    pub(super) metadata: Arc<Metadata>,
    pub(super) keys: Arc<Jwks>,
}

struct Seen {
    provider: Provider,
    at: Instant,
    keys_at: Instant,
}

#[derive(Default)]
struct Last {
    seen: Option<Seen>,
    failed: Option<Instant>,
}

/// What is known of a provider.
#[derive(Default)]
pub(super) struct Known(Mutex<Last>);

impl Known {
    /// The provider, asked anew when that was long ago.
    pub(super) async fn get(
        &self,
        outbound: &Outbound,
        way: &WaySettings,
        local: bool,
    ) -> Result<Provider, SignInError> {
        let mut last = self.0.lock().await;
        if let Some(seen) = last.seen.as_ref().filter(|seen| seen.at.elapsed() < KEPT) {
            return Ok(seen.provider.clone());
        }
        if last.failed.is_some_and(|at| at.elapsed() < PAUSE) {
            return Err(SignInError::Unreachable);
        }
        match ask(outbound, way, local).await {
            Ok(provider) => {
                let now = Instant::now();
                let seen = Seen { provider: provider.clone(), at: now, keys_at: now };
                *last = Last { seen: Some(seen), failed: None };
                Ok(provider)
            }
            Err(error) => {
                last.failed = matches!(error, SignInError::Unreachable).then(Instant::now);
                Err(error)
            }
        }
    }

    /// The keys again, after a token named one that was not among them.
    pub(super) async fn newer_keys(&self, outbound: &Outbound) -> Option<Arc<Jwks>> {
        let mut last = self.0.lock().await;
        let seen = last.seen.as_mut().filter(|seen| seen.keys_at.elapsed() >= KEYS_PAUSE)?;
        seen.keys_at = Instant::now();
        let keys = Arc::new(read(outbound, &seen.provider.metadata.jwks_uri).await.ok()?);
        seen.provider.keys = Arc::clone(&keys);
        Some(keys)
    }
}

async fn ask(outbound: &Outbound, way: &WaySettings, local: bool) -> Result<Provider, SignInError> {
    let address = [way.issuer.trim_end_matches('/'), "/.well-known/openid-configuration"].concat();
    let metadata: Metadata = read(outbound, &address).await?;
    metadata.check(way, local)?;
    let keys = read(outbound, &metadata.jwks_uri).await?;
    Ok(Provider { metadata: Arc::new(metadata), keys: Arc::new(keys) })
}

impl Metadata {
    /// It is of the issuer that was asked, and everything in it can be called safely.
    fn check(&self, way: &WaySettings, local: bool) -> Result<(), SignInError> {
        let refused = Err(SignInError::NotProven(Refused::Issuer));
        let wants_user_info = way.user_info != UserInfo::None;
        if self.issuer != way.issuer || (wants_user_info && self.userinfo_endpoint.is_none()) {
            return refused;
        }
        let endpoints = [&self.authorization_endpoint, &self.token_endpoint, &self.jwks_uri];
        let mut all = endpoints.into_iter().chain(&self.userinfo_endpoint);
        let challenges = self.code_challenge_methods_supported.as_deref();
        let knows_pkce = challenges.is_none_or(|known| known.iter().any(|method| method == "S256"));
        if knows_pkce && all.all(|endpoint| is_safe(endpoint, local)) { Ok(()) } else { refused }
    }
}

async fn read<T: DeserializeOwned>(outbound: &Outbound, address: &str) -> Result<T, SignInError> {
    let reply = outbound.get(address, "application/json", None).await;
    let reply = reply.map_err(|_| SignInError::Unreachable)?;
    if reply.status != 200 {
        return Err(SignInError::Unreachable);
    }
    serde_json::from_slice(&reply.body).map_err(|_| SignInError::Unreachable)
}
