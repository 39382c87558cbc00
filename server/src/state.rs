//! What the running server consists of. Made once at start, cloned into every request.

use crate::http::SessionCookie;
use crate::http::assets::Assets;
use crate::identity::SessionRules;
use crate::store::Store;
use std::sync::Arc;

/// The parts of the server that requests need.
#[derive(Clone)]
pub struct AppState {
    /// The data. Holds the clock and the source of ids.
    pub store: Store,
    /// How long sessions live.
    pub sessions: SessionRules,
    /// How the session cookie is written.
    pub cookie: SessionCookie,
    /// The origin that the instance is reached at, `https://skolstart.example.se`.
    pub origin: Arc<str>,
    /// The browser programs.
    pub assets: Arc<Assets>,
}

impl AppState {
    /// A server reached at `origin`. Without HTTPS the cookie cannot be `Secure`: for a loopback address only.
    pub fn new(store: Store, origin: &str, sessions: SessionRules, assets: Assets) -> Self {
        let cookie = SessionCookie::new(origin.starts_with("https://"));
        Self { store, sessions, cookie, origin: origin.into(), assets: Arc::new(assets) }
    }
}
