//! Refuses writes that another site's page makes in a signed-in browser. Called for every request by `protect`.
//!
//! The cookie is `SameSite=Strict` as well. Both stand, because a browser can have a fault in one of them.

use super::error::Refusal;
use http::request::Parts;
use http::{HeaderMap, Method, header};
use skolstart_shared::api::ErrorCode;

/// The origin that the instance is reached at: `https://skolstart.example.se`.
#[derive(Clone, Debug)]
pub(super) struct OwnOrigin(pub(super) String);

/// Checks a request that can write.
///
/// # Errors
/// 403 when it does not come from our own pages, 415 when it is neither JSON nor bytes: a form of another site can send
/// neither. Which of the two an endpoint takes, the adapter checks.
pub(super) fn check(own: &OwnOrigin, parts: &Parts) -> Result<(), Refusal> {
    if [Method::GET, Method::HEAD, Method::OPTIONS].contains(&parts.method) {
        return Ok(());
    }
    if !from_own_page(own, &parts.headers) {
        return Err(Refusal::of(ErrorCode::Forbidden));
    }
    let ends = parts.method == Method::DELETE && is_empty(&parts.headers);
    let puts_bytes = parts.method == Method::PUT && is_bytes(&parts.headers);
    if !ends && !puts_bytes && !is_json(&parts.headers) {
        return Err(Refusal::of(ErrorCode::UnsupportedMedia));
    }
    Ok(())
}

// `Sec-Fetch-Site` cannot be set by a page. Browsers without it send `Origin` with every write. A request with neither
// does not come from a browser we know.
fn from_own_page(own: &OwnOrigin, headers: &HeaderMap) -> bool {
    if let Some(site) = headers.get("sec-fetch-site") {
        return site == "same-origin";
    }
    let Some(origin) = text(headers, header::ORIGIN) else { return false };
    let host = text(headers, header::HOST);
    origin == own.0 || origin.split_once("://").zip(host).is_some_and(|((_, from), host)| from == host)
}

/// True for a body of JSON.
pub(super) fn is_json(headers: &HeaderMap) -> bool {
    is_kind(headers, "application/json")
}

/// True for a body of bytes.
pub(super) fn is_bytes(headers: &HeaderMap) -> bool {
    is_kind(headers, "application/octet-stream")
}

fn is_kind(headers: &HeaderMap, wanted: &str) -> bool {
    let kind = text(headers, header::CONTENT_TYPE).and_then(|kind| kind.split(';').next());
    kind.is_some_and(|kind| kind.trim().eq_ignore_ascii_case(wanted))
}

fn is_empty(headers: &HeaderMap) -> bool {
    let length = text(headers, header::CONTENT_LENGTH);
    !headers.contains_key(header::CONTENT_TYPE)
        && !headers.contains_key(header::TRANSFER_ENCODING)
        && length.is_none_or(|length| length == "0")
}

fn text(headers: &HeaderMap, name: header::HeaderName) -> Option<&str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}
