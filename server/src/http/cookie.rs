//! The session cookie. Owns its name and attributes. Called by the adapter and by sign-in and sign-out.

use crate::identity::SessionToken;
use http::{HeaderMap, HeaderValue, header};

/// How the cookie is written: strictly over HTTPS, or without `Secure` for a demo on a loopback address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SessionCookie {
    secure: bool,
}

impl SessionCookie {
    /// The cookie of an instance that is reached over HTTPS, or is not.
    pub fn new(https: bool) -> Self {
        Self { secure: https }
    }

    /// `__Host-` binds the cookie to this host, to HTTPS and to all paths (RFC 6265bis, 4.1.3.2).
    fn name(self) -> &'static str {
        if self.secure { "__Host-skolstart" } else { "skolstart-session" }
    }

    fn attributes(self) -> &'static str {
        if self.secure {
            "Path=/; HttpOnly; SameSite=Strict; Secure"
        } else {
            "Path=/; HttpOnly; SameSite=Strict"
        }
    }

    /// The token of a request, if it has a well-formed one. Two cookies with our name are none: one of them was planted.
    pub fn read(self, headers: &HeaderMap) -> Option<SessionToken> {
        let lines = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
        let mut found = lines
            .flat_map(|line| line.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .filter(|(name, _)| *name == self.name());
        let (_, value) = found.next()?;
        if found.next().is_some() { None } else { SessionToken::parse(value) }
    }

    /// Gives the browser the token. Without a lifetime: the browser forgets it when it is closed, the server earlier.
    pub fn set(self, token: &SessionToken) -> Option<HeaderValue> {
        let mut value =
            HeaderValue::try_from(format!("{}={}; {}", self.name(), token.reveal(), self.attributes()))
                .ok()?;
        value.set_sensitive(true);
        Some(value)
    }

    /// Takes the token away.
    pub fn clear(self) -> Option<HeaderValue> {
        HeaderValue::try_from(format!("{}=; Max-Age=0; {}", self.name(), self.attributes())).ok()
    }
}
