//! One function per way of calling. Method, path and types come from the endpoint, so no URL is written here.

use super::failure::{ApiFailure, Raw, failure_of};
use super::transport;
use crate::{i18n, json};
use serde::Serialize;
use skolstart_shared::api::{Endpoint, Method};

/// Calls endpoint `E` and reads its answer.
///
/// # Errors
/// See [`ApiFailure`]. After [`ApiFailure::Offline`] nobody knows whether the server got the request: repeat it with
/// the same content.
pub async fn call<E: Endpoint>(path: &E::Path, input: &E::In) -> Result<E::Out, ApiFailure> {
    let body = call_raw::<E>(path, input).await?;
    json::read(&body).map_err(|_| ApiFailure::Unexpected(0))
}

/// As [`call`], and gives the answer as the server wrote it, byte for byte. For receipts.
///
/// # Errors
/// As [`call`].
pub async fn call_raw<E: Endpoint>(path: &E::Path, input: &E::In) -> Result<String, ApiFailure> {
    let body = match E::METHOD {
        Method::Get => None,
        Method::Put | Method::Delete => Some(write(input)?),
    };
    send::<E>(path, body.as_deref()).await
}

/// As [`call_raw`] with a body that was written before: a frozen submission is sent again without a byte changed.
///
/// # Errors
/// As [`call`].
pub async fn call_with_body<E: Endpoint>(path: &E::Path, body: &str) -> Result<String, ApiFailure> {
    send::<E>(path, Some(body)).await
}

/// Fetches one of the program's own files as text, such as a language.
///
/// # Errors
/// As [`call`].
pub async fn file(path: &str) -> Result<String, ApiFailure> {
    accept(transport::send("GET", path, None, i18n::locale_now()).await)
}

async fn send<E: Endpoint>(path: &E::Path, body: Option<&str>) -> Result<String, ApiFailure> {
    accept(transport::send(E::METHOD.as_str(), &E::path(path), body, i18n::locale_now()).await)
}

fn accept(answer: Result<Raw, ()>) -> Result<String, ApiFailure> {
    match answer {
        Ok(answer) if (200..300).contains(&answer.status) => Ok(answer.body),
        Ok(answer) => Err(failure_of(&answer)),
        Err(()) => Err(ApiFailure::Offline),
    }
}

fn write<T: Serialize>(input: &T) -> Result<String, ApiFailure> {
    json::write(input).map_err(|_| ApiFailure::Unexpected(0))
}
