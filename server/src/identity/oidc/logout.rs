//! A provider says that somebody has signed out there (OpenID Connect Back-Channel Logout 1.0). It calls us itself: there is no
//! browser, no cookie, and nothing is believed but what it has signed for us, once.

use super::claims::{SKEW, from_issuer_for_us, subject, text, time};
use super::jws::{Claims, Typ};
use super::settings::WaySettings;
use super::ways::Way;
use crate::identity::{Refused, SignInError};
use crate::store::{LogoutToken, Store};
use serde_json::Value;
use skolstart_shared::Timestamp;

/// What makes a token a logout token (2.4).
const EVENT: &str = "http://schemas.openid.net/event/backchannel-logout";
/// Longest name of a token or a session that is taken.
const MOST: usize = 255;

/// What is kept of a logout token.
#[derive(Debug, PartialEq, Eq)]
struct Said {
    id: String,
    subject: Option<String>,
    session: Option<String>,
    /// Seconds since 1970 after which the token is too old by itself.
    until: i64,
}

impl Way {
    /// Ends the sessions that the token speaks of. Whose have ended already, or never were, have ended.
    ///
    /// # Errors
    /// [`SignInError::NotProven`] when it is no logout token of this provider for us, or was used before.
    pub async fn sign_out(&self, store: &Store, token: &str, request_id: &str) -> Result<(), SignInError> {
        let provider = self.provider().await?;
        let claims = self.verified(token, &provider, Typ::Logout).await?;
        let now = store.clock().now().as_millis() / 1000;
        let said = check(&claims, &self.settings, now).map_err(SignInError::NotProven)?;
        let token = LogoutToken {
            issuer: self.settings.issuer.clone(),
            id: said.id,
            subject: said.subject,
            session: said.session,
            until: Timestamp::from_millis(said.until.saturating_mul(1000)),
            request_id: request_id.to_owned(),
        };
        // The same token again ends nothing, so that a session that began since is left alone.
        if store.end_sessions_of_provider(token).await? {
            Ok(())
        } else {
            Err(SignInError::NotProven(Refused::State))
        }
    }
}

/// Checks a logout token (2.6). The signature has been verified before.
fn check(claims: &Claims, way: &WaySettings, now: i64) -> Result<Said, Refused> {
    from_issuer_for_us(claims, way)?;
    let (issued, expires) = time(claims, "iat").zip(time(claims, "exp")).ok_or(Refused::Claims)?;
    let longest = i64::from(way.longest_token_minutes) * 60;
    let is_now = expires > now - SKEW && issued <= now + SKEW && now - issued <= longest + SKEW;
    if !is_now || expires - issued > longest {
        return Err(Refused::Lifetime);
    }
    // An ID token has a nonce and can be seen by others: it must not sign anybody out.
    if claims.contains_key("nonce") {
        return Err(Refused::Nonce);
    }
    let event = claims.get("events").and_then(|events| events.get(EVENT));
    let id = text(claims, "jti").filter(|id| is_name(id)).ok_or(Refused::Claims)?;
    let (subject, session) = (subject(claims), text(claims, "sid").filter(|id| is_name(id)));
    // What is there must be readable: a session that we cannot read must not become all of them.
    let unread = |name: &str, read: bool| claims.contains_key(name) && !read;
    let is_unread = unread("sub", subject.is_some()) || unread("sid", session.is_some());
    let is_about_somebody = subject.is_some() || session.is_some();
    if !event.is_some_and(Value::is_object) || is_unread || !is_about_somebody {
        return Err(Refused::Claims);
    }
    let until = issued + longest + 2 * SKEW;
    Ok(Said { id: id.to_owned(), subject, session: session.map(str::to_owned), until })
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.len() <= MOST
}
