//! What the running server consists of. Made once at start, cloned into every request.

use crate::http::assets::Assets;
use crate::http::{Limits, SessionCookie};
use crate::identity::{Passkeys, SessionRules, Ways};
use crate::policy::Principal;
use crate::store::{Store, StoreError};
use crate::usecase::bulk::BulkLimits;
use crate::usecase::retention::Erasing;
use std::sync::Arc;

/// The parts of the server that requests need.
#[derive(Clone)]
pub struct AppState {
    /// The data, as whoever asks may meet it. Holds the clock and the source of ids.
    pub store: Store,
    /// How long sessions live.
    pub sessions: SessionRules,
    /// How the session cookie is written.
    pub cookie: SessionCookie,
    /// The origin that the instance is reached at, `https://skolstart.example.se`.
    pub origin: Arc<str>,
    /// The browser programs.
    pub assets: Arc<Assets>,
    /// How much may be asked for at once.
    pub limits: Limits,
    /// The ways to sign in at a provider of identity.
    pub ways: Arc<Ways>,
    /// The passkeys of staff. `None`: there are none here.
    pub passkeys: Option<Arc<Passkeys>>,
    /// How much one person reads and takes out in a day.
    pub bulk: BulkLimits,
    /// How this municipality erases. `None`: as the program ships, and never by itself.
    erasing: Option<Erasing>,
}

impl AppState {
    /// A server reached at `origin`. Without HTTPS the cookie cannot be `Secure`: for a loopback address only.
    pub fn new(store: Store, origin: &str, sessions: SessionRules, assets: Assets) -> Self {
        let cookie = SessionCookie::new(origin.starts_with("https://"));
        let (origin, assets, ways, limits) =
            (origin.into(), Arc::new(assets), Arc::default(), Limits::default());
        Self {
            store: store.for_nobody(),
            sessions,
            cookie,
            origin,
            assets,
            ways,
            limits,
            passkeys: None,
            bulk: BulkLimits::default(),
            erasing: None,
        }
    }

    /// The same, for what this person asks.
    #[must_use]
    pub(crate) fn for_principal(self, principal: &Principal) -> Self {
        Self { store: self.store.for_principal(principal), ..self }
    }

    /// The same with limits of its own.
    #[must_use]
    pub fn limited_by(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }

    /// The same, with ways to sign in at a provider of identity.
    #[must_use]
    pub fn with_ways(self, ways: Ways) -> Self {
        Self { ways: Arc::new(ways), ..self }
    }

    /// The same, where staff may have passkeys.
    #[must_use]
    pub fn with_passkeys(self, passkeys: Option<Passkeys>) -> Self {
        Self { passkeys: passkeys.map(Arc::new), ..self }
    }

    /// How this municipality erases.
    ///
    /// # Errors
    /// When the rules that the program was built with cannot be read.
    pub fn erasing(&self) -> Result<Erasing, StoreError> {
        match &self.erasing {
            Some(erasing) => Ok(erasing.clone()),
            None => Erasing::shipped(),
        }
    }

    /// The same, where one person reads and takes out so much in a day.
    #[must_use]
    pub fn with_bulk(self, bulk: BulkLimits) -> Self {
        Self { bulk, ..self }
    }

    /// The same, with rules of erasing.
    #[must_use]
    pub fn with_erasing(self, erasing: Erasing) -> Self {
        Self { erasing: Some(erasing), ..self }
    }
}
