//! The adapter between an endpoint type and axum: method, path, session, body in, JSON or a file out. Called by the route table.
//!
//! Must not know any particular endpoint.

use super::answer::{Answer, AnswerBody};
use super::call::Call;
use super::cross_site::{is_bytes, is_json};
use super::error::Refusal;
use super::language;
use super::limits::Peer;
use super::named::Named;
use super::observe::RequestId;
use super::packed;
use super::wire;
use crate::identity::{self, Device};
use crate::policy;
use crate::state::AppState;
use axum::Router;
use axum::body::{Body, Bytes, HttpBody};
use axum::extract::{FromRequestParts, Path, Request, State};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodFilter, on};
use http::{HeaderMap, HeaderValue, header};
use skolstart_shared::access::Action;
use skolstart_shared::api::{Described, Endpoint, ErrorCode, MOST_PART, Method, Wire};
use std::future::poll_fn;
use std::pin::Pin;
use std::time::Duration;
use tokio::time::timeout;

/// Largest body: a submission for several children is about 10 kB, a part of a file at most this.
const MOST_BYTES: usize = MOST_PART as usize;

/// How long nothing may come of a body. All of it has the time limit of the request.
const SILENCE_LIMIT: Duration = Duration::from_secs(10);

pub(super) const JSON: HeaderValue = HeaderValue::from_static("application/json");

/// An endpoint that has a route, with what the OpenAPI document says about it.
#[derive(Clone, Copy, Debug)]
pub struct Routed {
    /// The endpoint.
    pub endpoint: Described,
    /// Its shapes in and out.
    pub shapes: super::openapi::Shapes,
}

/// Routes, collected endpoint by endpoint.
#[derive(Default)]
pub struct Routes {
    router: Router<AppState>,
    routed: Vec<Routed>,
}

impl Routes {
    /// Adds the route of `E`.
    #[must_use]
    pub fn route<E, H, F>(mut self, handler: H) -> Self
    where
        E: Endpoint,
        H: Fn(Call<E>) -> F + Clone + Send + Sync + 'static,
        F: Future<Output = Result<Answer<E::Out>, Refusal>> + Send + 'static,
    {
        let method = match E::METHOD {
            Method::Get => MethodFilter::GET,
            Method::Put => MethodFilter::PUT,
            Method::Delete => MethodFilter::DELETE,
        };
        let adapted = move |State(state): State<AppState>, request: Request| {
            let handler = handler.clone();
            async move { adapt::<E, H, F>(handler, state, request).await }
        };
        self.router = self.router.route(E::PATH, on(method, adapted));
        self.routed
            .push(Routed { endpoint: Described::of::<E>(), shapes: super::openapi::Shapes::of::<E>() });
        self
    }

    /// The router, and what it routes.
    pub fn finish(self) -> (Router<AppState>, Vec<Routed>) {
        (self.router, self.routed)
    }
}

async fn adapt<E, H, F>(handler: H, state: AppState, request: Request) -> Response
where
    E: Endpoint,
    H: Fn(Call<E>) -> F,
    F: Future<Output = Result<Answer<E::Out>, Refusal>>,
{
    let id = request.extensions().get::<RequestId>().map_or_else(String::new, |id| id.as_str().to_owned());
    let limits = state.limits.clone();
    let packs = packed::is_wanted(request.headers());
    let answered = match read::<E>(state, request, id.clone()).await {
        Ok(call) => {
            let principal = call.principal.as_ref();
            let named =
                principal.and_then(|principal| Named::of::<E>(&call.state.store, principal, &call.path));
            let answered = match limits.turn::<E>().await {
                Ok(_turn) => handler(call).await,
                Err(refusal) => Err(refusal),
            };
            let status = answered.as_ref().err().map(Refusal::status);
            if let (Some(status), Some(named)) = (status, named) {
                named.note::<E>(status).await;
            }
            answered
        }
        Err(refusal) => Err(refusal),
    };
    match answered {
        Ok(answer) => write(answer, packs),
        Err(refusal) => refusal.with_request_id(&id).into_response(),
    }
}

async fn read<E: Endpoint>(
    state: AppState,
    request: Request,
    request_id: String,
) -> Result<Call<E>, Refusal> {
    let (mut parts, body) = request.into_parts();
    if E::METHOD != Method::Get {
        wire::check(&parts.headers)?;
    }
    let token = state.cookie.read(&parts.headers);
    let login = state.cookie.read_login(&parts.headers);
    let locale = language::of(&parts.headers);
    let device = Device::of(&parts.headers);
    let address = state.limits.address(parts.extensions.get::<Peer>(), &parts.headers);
    // An id that is no id names nothing.
    let path = Path::from_request_parts(&mut parts, &()).await;
    let path: Result<E::Path, _> = path.map(|Path(path)| path).map_err(|_| Refusal::of(ErrorCode::NotFound));
    let principal = match (E::ACTION, &token) {
        (Action::Anonymous, _) => None,
        (_, Some(token)) => {
            let id = request_id.clone();
            let principal = identity::resume(&state.store, state.sessions, token, locale, id).await?;
            state.limits.person::<E>(principal.person())?;
            // What is not for her, as far as that follows from how she signed in, does not exist for her.
            if !policy::is_open_to(&principal, E::NAME) {
                let named =
                    path.as_ref().ok().and_then(|path| Named::of::<E>(&state.store, &principal, path));
                let refusal = Refusal::of(ErrorCode::NotFound);
                if let Some(named) = named {
                    named.note::<E>(refusal.status()).await;
                }
                return Err(refusal);
            }
            Some(principal)
        }
        (_, None) => return Err(Refusal::of(ErrorCode::SignedOut)),
    };
    let state = match &principal {
        Some(principal) => state.for_principal(principal),
        None => state,
    };
    let fits = match (E::METHOD, E::WIRE) {
        (Method::Put, Wire::BytesIn) => is_bytes(&parts.headers),
        (Method::Put, _) => is_json(&parts.headers),
        _ => true,
    };
    if !fits {
        return Err(Refusal::of(ErrorCode::UnsupportedMedia));
    }
    let path = path?;
    let (body, raw) = read_body::<E>(body).await?;
    Ok(Call { state, principal, token, login, device, address, path, body, raw, locale, request_id })
}

async fn read_body<E: Endpoint>(body: Body) -> Result<(E::In, Bytes), Refusal> {
    const NOTHING: &[u8] = b"{}";
    let (json, raw) = match (E::METHOD, E::WIRE) {
        (Method::Put, Wire::BytesIn) => (Bytes::from_static(NOTHING), collect(body).await?),
        (Method::Put, _) => (collect(body).await?, Bytes::new()),
        (Method::Get | Method::Delete, _) => (Bytes::from_static(NOTHING), Bytes::new()),
    };
    // The error of the reader can quote a value: it goes nowhere.
    let read = serde_json::from_slice(&json).map_err(|_| Refusal::of(ErrorCode::Malformed))?;
    Ok((read, raw))
}

/// Reads a body part by part: neither longer than the most, nor slower than a weak network.
async fn collect(mut body: Body) -> Result<Bytes, Refusal> {
    let hinted = usize::try_from(body.size_hint().lower()).unwrap_or(usize::MAX);
    if hinted > MOST_BYTES {
        return Err(Refusal::of(ErrorCode::TooLarge));
    }
    let mut read = Vec::with_capacity(hinted);
    loop {
        let frame = poll_fn(|cx| Pin::new(&mut body).poll_frame(cx));
        let Ok(frame) = timeout(SILENCE_LIMIT, frame).await else { return Err(Refusal::too_slow()) };
        let Some(frame) = frame else { return Ok(read.into()) };
        let frame = frame.map_err(|_| Refusal::of(ErrorCode::Malformed))?;
        let Ok(part) = frame.into_data() else { continue };
        if read.len() + part.len() > MOST_BYTES {
            return Err(Refusal::of(ErrorCode::TooLarge));
        }
        read.extend_from_slice(&part);
    }
}

fn write<T: serde::Serialize>(answer: Answer<T>, packs: bool) -> Response {
    let body = match answer.body {
        AnswerBody::Stored(json) => Ok(json),
        AnswerBody::Value(value) => serde_json::to_vec(&value),
    };
    let Ok(body) = body else { return Refusal::of(ErrorCode::Internal).into_response() };
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, JSON);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.extend(answer.headers);
    // A file is packed already.
    if packs
        && headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind == JSON)
        && let Some(packed) = packed::gzip(&body)
    {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
        return (headers, packed).into_response();
    }
    (headers, body).into_response()
}
