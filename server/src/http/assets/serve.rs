use super::place::{self, Place};
use super::source::Assets;
use crate::http::error::Refusal;
use crate::http::packed::accepts;
use axum::response::{IntoResponse, Response};
use http::request::Parts;
use http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use sha2::{Digest, Sha256};
use skolstart_shared::api::ErrorCode;
use std::borrow::Cow;

const IMMUTABLE: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
/// Kept, but asked about each time: a page names the hashed files of its own version.
const REVALIDATED: HeaderValue = HeaderValue::from_static("no-cache");

/// The icons have one name in all versions. An icon that is first drawn while the network is away must be at hand, so for
/// an hour nobody is asked; a version that draws a new icon may lack it for that long.
const ICONS: HeaderValue = HeaderValue::from_static("public, max-age=3600, stale-while-revalidate=86400");

/// Packed forms, best first, with the ending that the build gives them.
const PACKED: [(&str, &str); 2] = [("br", ".br"), ("gzip", ".gz")];

/// Answers a request for a page or a file.
pub async fn serve(assets: &Assets, request: &Parts) -> Response {
    if request.method != Method::GET && request.method != Method::HEAD {
        return Refusal::method_not_allowed().into_response();
    }
    let place = place::of(request.uri.path());
    let file = match &place {
        Place::Page(file) => *file,
        Place::File(file) => file.as_str(),
    };
    match find(assets, file, &request.headers).await {
        Some((bytes, packed)) => answer(file, &bytes, packed, &request.headers),
        None => Refusal::of(ErrorCode::NotFound).into_response(),
    }
}

type Found = (Cow<'static, [u8]>, Option<&'static str>);

async fn find(assets: &Assets, file: &str, headers: &HeaderMap) -> Option<Found> {
    let accepted =
        headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    for (coding, ending) in PACKED {
        if accepts(accepted, coding)
            && let Some(bytes) = assets.read(&format!("{file}{ending}")).await
        {
            return Some((bytes, Some(coding)));
        }
    }
    // The packed forms are no files of their own.
    let is_packed = PACKED.iter().any(|(_, ending)| file.ends_with(ending));
    if is_packed { None } else { Some((assets.read(file).await?, None)) }
}

fn answer(file: &str, bytes: &[u8], packed: Option<&'static str>, request: &HeaderMap) -> Response {
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(place::media_type(file)));
    headers.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
    if place::is_immutable(file) {
        headers.insert(header::CACHE_CONTROL, IMMUTABLE);
    } else {
        let is_icons = file.ends_with("/icons.svg");
        headers.insert(header::CACHE_CONTROL, if is_icons { ICONS } else { REVALIDATED });
        if let Some(tag) = tag(bytes) {
            let known = request.get_all(header::IF_NONE_MATCH).iter().any(|sent| sent == tag);
            headers.insert(header::ETAG, tag);
            if known {
                return (StatusCode::NOT_MODIFIED, headers).into_response();
            }
        }
    }
    if let Some(coding) = packed {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding));
    }
    (headers, bytes.to_vec()).into_response()
}

fn tag(bytes: &[u8]) -> Option<HeaderValue> {
    let digest = Sha256::digest(bytes);
    let short: String = digest.iter().take(12).map(|byte| format!("{byte:02x}")).collect();
    HeaderValue::try_from(format!("\"{short}\"")).ok()
}
