//! One function per way of calling. Method, path and types come from the endpoint, so no URL is written here.
//!
//! What is generic here is copied for each endpoint into the download, so it only names the endpoint: [`ask`] does the rest.

use super::failure::{ApiFailure, Raw, failure_of, misread};
use super::transport::{self, Body};
use crate::{i18n, json};
use serde::de::DeserializeOwned;
use skolstart_shared::api::{Endpoint, Method};
use std::pin::Pin;
use wasm_bindgen::JsValue;

/// An answer on its way, as the server writes it.
pub type Answer = Pin<Box<dyn Future<Output = Result<String, ApiFailure>>>>;

/// Calls endpoint `E` and reads its answer.
///
/// # Errors
/// See [`ApiFailure`]. After [`ApiFailure::Offline`] nobody knows whether the server got the request: repeat it with
/// the same content.
pub fn call<E: Endpoint>(
    path: &E::Path,
    input: &E::In,
) -> impl Future<Output = Result<E::Out, ApiFailure>> + use<E> {
    let answer = call_raw::<E>(path, input);
    async move { read(&answer.await?) }
}

/// As [`call`], and gives the answer as the server wrote it, byte for byte. For receipts.
///
/// # Errors
/// As [`call`].
pub fn call_raw<E: Endpoint>(path: &E::Path, input: &E::In) -> Answer {
    let body = match E::METHOD {
        Method::Get => Ok(None),
        Method::Put | Method::Delete => json::write(input).map(|text| Some(Body::Json(text))),
    };
    ask(E::METHOD.as_str(), E::path(path), body.map_err(|_| ApiFailure::Unexpected(0)))
}

/// As [`call_raw`] with a body that was written before: a frozen submission is sent again without a byte changed.
///
/// # Errors
/// As [`call`].
pub fn call_with_body<E: Endpoint>(path: &E::Path, body: String) -> Answer {
    ask(E::METHOD.as_str(), E::path(path), Ok(Some(Body::Json(body))))
}

/// Calls an endpoint that takes bytes, with a piece of a file.
///
/// # Errors
/// As [`call`].
pub fn call_with_bytes<E: Endpoint>(path: &E::Path, bytes: JsValue) -> Answer {
    ask(E::METHOD.as_str(), E::path(path), Ok(Some(Body::Bytes(bytes))))
}

/// Fetches one of the program's own files as text, such as a language.
///
/// # Errors
/// As [`call`].
pub fn file(path: String) -> Answer {
    ask("GET", path, Ok(None))
}

/// Reads an answer.
///
/// # Errors
/// It is not what the endpoint gives.
#[inline(never)]
pub fn read<T: DeserializeOwned>(answer: &str) -> Result<T, ApiFailure> {
    json::read(answer).map_err(|_| misread(answer))
}

fn ask(method: &'static str, path: String, body: Result<Option<Body>, ApiFailure>) -> Answer {
    let locale = i18n::locale_now();
    Box::pin(async move { accept(transport::send(method, &path, body?, locale).await) })
}

fn accept(answer: Result<Raw, ()>) -> Result<String, ApiFailure> {
    match answer {
        Ok(answer) if (200..300).contains(&answer.status) => Ok(answer.body),
        Ok(answer) => Err(failure_of(&answer)),
        Err(()) => Err(ApiFailure::Offline),
    }
}
