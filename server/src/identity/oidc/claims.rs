//! What a token says, held against what was asked for. Pure: the signature has been verified before, and time is passed in.

use super::jws::Claims;
use super::settings::WaySettings;
use crate::identity::Refused;
use serde_json::Value;
use skolstart_shared::{Date, PersonalNumber};

/// Seconds that clocks may differ.
pub(super) const SKEW: i64 = 30;

/// What an ID token must say.
pub(super) struct Asked<'a> {
    pub(super) way: &'a WaySettings,
    pub(super) nonce: &'a str,
    /// Seconds since 1970.
    pub(super) now: i64,
}

/// What is kept of an ID token.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Identity {
    pub(super) subject: String,
    /// The provider's own session, where it says so.
    pub(super) session: Option<String>,
    pub(super) level: String,
    /// When the person proved who she is, in seconds.
    pub(super) proven_at: Option<i64>,
}

/// Checks an ID token (OpenID Connect Core 1.0, 3.1.3.7, and the Swedish profile).
pub(super) fn check(claims: &Claims, asked: &Asked<'_>) -> Result<Identity, Refused> {
    let way = asked.way;
    from_issuer_for_us(claims, way)?;
    let subject = subject(claims).ok_or(Refused::Claims)?;
    let (issued, expires) = (time(claims, "iat"), time(claims, "exp"));
    let (issued, expires) = issued.zip(expires).ok_or(Refused::Claims)?;
    let longest = i64::from(way.longest_token_minutes) * 60;
    let is_now = expires > asked.now - SKEW && issued <= asked.now + SKEW;
    let not_before = time(claims, "nbf").is_none_or(|from| from <= asked.now + SKEW);
    if !is_now || !not_before || expires - issued > longest || asked.now - issued > longest + SKEW {
        return Err(Refused::Lifetime);
    }
    if text(claims, "nonce") != Some(asked.nonce) {
        return Err(Refused::Nonce);
    }
    let level = text(claims, "acr").filter(|level| way.acr.iter().any(|accepted| accepted == level));
    let level = level.ok_or(Refused::Level)?.to_owned();
    let proven_at = time(claims, "auth_time");
    if let Some(most) = way.max_age() {
        let at = proven_at.ok_or(Refused::Level)?;
        if at > asked.now + SKEW || asked.now - at > most + SKEW {
            return Err(Refused::Level);
        }
    }
    let session = text(claims, "sid").map(str::to_owned);
    Ok(Identity { subject, session, level, proven_at })
}

/// From whom a token is and for whom. Of several for whom it is, we must be the one who asked.
pub(super) fn from_issuer_for_us(claims: &Claims, way: &WaySettings) -> Result<(), Refused> {
    if text(claims, "iss") != Some(way.issuer.as_str()) {
        return Err(Refused::Issuer);
    }
    let (ours, several) = match claims.get("aud") {
        Some(Value::String(one)) => (*one == way.client_id, false),
        Some(Value::Array(all)) => (all.iter().any(|one| *one == way.client_id.as_str()), all.len() > 1),
        _ => (false, false),
    };
    let party = text(claims, "azp");
    let is_party =
        if several || claims.contains_key("azp") { party == Some(way.client_id.as_str()) } else { true };
    if ours && is_party { Ok(()) } else { Err(Refused::Claims) }
}

/// The subject: 1 to 255 letters (Core, 8).
pub(super) fn subject(claims: &Claims) -> Option<String> {
    text(claims, "sub").filter(|sub| !sub.is_empty() && sub.len() <= 255).map(str::to_owned)
}

/// A text claim.
pub(super) fn text<'a>(claims: &'a Claims, name: &str) -> Option<&'a str> {
    claims.get(name).and_then(Value::as_str)
}

/// A moment in seconds. Fractions are cut off (RFC 7519, 2).
pub(super) fn time(claims: &Claims, name: &str) -> Option<i64> {
    let number = claims.get(name)?;
    #[allow(clippy::cast_possible_truncation, reason = "a float outside of i64 becomes its limit")]
    let cut = || number.as_f64().map(|at| at as i64);
    number.as_i64().or_else(cut)
}

/// The personal number, from the first of the claims that holds something. Twelve digits: ten say no century.
pub(super) fn personal_number(claims: &[&Claims], way: &WaySettings, today: Date) -> Option<PersonalNumber> {
    let found = said_number(claims, way)?;
    let digits = found.chars().filter(char::is_ascii_digit).count();
    if digits == 12 { PersonalNumber::parse(found, today).ok() } else { None }
}

/// True when one of the claims holds something, whether or not it is a number that can be read.
pub(super) fn says_number(claims: &[&Claims], way: &WaySettings) -> bool {
    said_number(claims, way).is_some()
}

fn said_number<'a>(claims: &[&'a Claims], way: &WaySettings) -> Option<&'a str> {
    let at = |path: &str| claims.iter().find_map(|claims| value_at(claims, path));
    way.personal_number.iter().find_map(|path| at(path))
}

fn value_at<'a>(claims: &'a Claims, path: &str) -> Option<&'a str> {
    let found = match path.strip_prefix('/') {
        None => claims.get(path)?,
        Some(path) => {
            let (first, rest) =
                path.split_once('/').map_or((path, None), |(first, rest)| (first, Some(rest)));
            let first = claims.get(first)?;
            rest.map_or(Some(first), |rest| first.pointer(&["/", rest].concat()))?
        }
    };
    found.as_str().filter(|text| !text.trim().is_empty())
}

#[cfg(test)]
mod tests;
