//! Our two cookies: the session's, and the one of a sign-in under way. Owns their names and attributes. Called by the adapter
//! and by sign-in and sign-out.

use crate::identity::{LoginToken, SessionToken};
use http::{HeaderMap, HeaderValue, header};

/// How cookies are written: strictly over HTTPS, or without `Secure` for a demo on a loopback address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SessionCookie {
    secure: bool,
}

/// Seconds that a browser keeps the cookie of a sign-in under way.
const LOGIN_SECONDS: u32 = 600;

impl SessionCookie {
    /// The cookies of an instance that is reached over HTTPS, or is not.
    pub fn new(https: bool) -> Self {
        Self { secure: https }
    }

    /// `__Host-` binds the cookie to this host, to HTTPS and to all paths (RFC 6265bis, 4.1.3.2).
    fn name(self) -> &'static str {
        if self.secure { "__Host-skolstart" } else { "skolstart-session" }
    }

    fn login_name(self) -> &'static str {
        if self.secure { "__Host-login" } else { "skolstart-login" }
    }

    /// The provider sends the browser back with a link from its own site: a strict cookie would not come along.
    fn written(self, name: &str, value: &str, site: &str, age: &str) -> Option<HeaderValue> {
        let secure = if self.secure { "; Secure" } else { "" };
        HeaderValue::try_from(format!("{name}={value}; {age}Path=/; HttpOnly; SameSite={site}{secure}")).ok()
    }

    /// The token of a request, if it has a well-formed one.
    pub fn read(self, headers: &HeaderMap) -> Option<SessionToken> {
        only(headers, self.name()).and_then(SessionToken::parse)
    }

    /// What the browser holds of a sign-in under way.
    pub fn read_login(self, headers: &HeaderMap) -> Option<LoginToken> {
        only(headers, self.login_name()).and_then(LoginToken::parse)
    }

    /// Gives the browser the token. Without a lifetime: the browser forgets it when it is closed, the server earlier.
    pub fn set(self, token: &SessionToken) -> Option<HeaderValue> {
        let mut value = self.written(self.name(), &token.reveal(), "Strict", "")?;
        value.set_sensitive(true);
        Some(value)
    }

    /// Takes the token away.
    pub fn clear(self) -> Option<HeaderValue> {
        self.written(self.name(), "", "Strict", "Max-Age=0; ")
    }

    /// Gives the browser what it holds while it is at the provider.
    pub fn set_login(self, token: &LoginToken) -> Option<HeaderValue> {
        let age = format!("Max-Age={LOGIN_SECONDS}; ");
        let mut value = self.written(self.login_name(), &token.reveal(), "Lax", &age)?;
        value.set_sensitive(true);
        Some(value)
    }

    /// Takes that away.
    pub fn clear_login(self) -> Option<HeaderValue> {
        self.written(self.login_name(), "", "Lax", "Max-Age=0; ")
    }
}

/// The value of the cookie with this name. Two of them are none: one of them was planted.
fn only<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
    let mut found = lines
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .filter(|(known, _)| *known == name);
    let (_, value) = found.next()?;
    if found.next().is_some() { None } else { Some(value) }
}
