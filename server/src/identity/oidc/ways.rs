//! The ways to sign in that are set up.

use super::client::ClientKey;
use super::jws::{self, Claims, Typ, Unverified};
use super::provider::{Known, Provider};
use super::settings::{WayError, WaySettings};
use crate::identity::{Refused, SignInError};
use crate::outbound::Outbound;
use crate::policy::Admits;
use skolstart_shared::Locale;

/// One way to sign in.
pub struct Way {
    pub(super) settings: WaySettings,
    pub(super) client: ClientKey,
    pub(super) outbound: Outbound,
    /// Where the provider sends the browser back to. Told to the provider, and to no other address.
    pub(super) redirect: String,
    known: Known,
    local: bool,
}

/// All ways to sign in, in the order of the settings.
#[derive(Default)]
pub struct Ways(Vec<Way>);

impl Ways {
    /// Makes the ways of these settings, for a service reached at `origin`. `local`: providers on this machine are
    /// accepted; only a build for trying out says so.
    ///
    /// # Errors
    /// What is wrong with the settings.
    pub fn new(settings: &[WaySettings], origin: &str, local: bool) -> Result<Self, WayError> {
        let outbound = Outbound::default();
        let mut ways: Vec<Way> = Vec::new();
        for one in settings {
            let client = one.check(local)?;
            if ways.iter().any(|way| way.settings.key == one.key) {
                return Err(one.twice());
            }
            let redirect = [origin, "/api/sign-in/", &one.key, "/callback"].concat();
            let (settings, outbound, known) = (one.clone(), outbound.clone(), Known::default());
            ways.push(Way { settings, client, outbound, redirect, known, local });
        }
        Ok(Self(ways))
    }

    /// The way with this name.
    pub fn find(&self, key: &str) -> Option<&Way> {
        self.0.iter().find(|way| way.settings.key == key)
    }

    /// All of them.
    pub fn all(&self) -> &[Way] {
        &self.0
    }
}

impl Way {
    /// Its name in addresses.
    pub fn key(&self) -> &str {
        &self.settings.key
    }

    /// What people call it.
    pub fn name(&self, locale: Locale) -> &str {
        if locale == Locale::Sv { &self.settings.name_sv } else { &self.settings.name_en }
    }

    /// In what capacities it lets people act.
    pub fn admits(&self) -> Admits {
        self.settings.audience
    }

    pub(super) async fn provider(&self) -> Result<Provider, SignInError> {
        self.known.get(&self.outbound, &self.settings, self.local).await
    }

    /// The claims of a token that this provider has signed.
    pub(super) async fn verified(
        &self,
        token: &str,
        provider: &Provider,
        typ: Typ,
    ) -> Result<Claims, SignInError> {
        let accepted = &self.settings.algorithms;
        let mut verified = jws::verify(token, accepted, &provider.keys, typ);
        if verified == Err(Unverified::UnknownKey)
            && let Some(keys) = self.known.newer_keys(&self.outbound).await
        {
            verified = jws::verify(token, accepted, &keys, typ);
        }
        verified.map_err(|_| SignInError::NotProven(Refused::Signature))
    }
}
