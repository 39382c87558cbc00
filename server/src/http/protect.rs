//! What surrounds every handler: request id, log line, limits of time and number, cross-site check and security headers.
//!
//! Called by the route table and by tests that need a handler of their own. Must not know an endpoint.

use super::cross_site::{self, OwnOrigin};
use super::error::Refusal;
use super::headers::SecurityHeaders;
use super::limits::{Limits, Peer, Running};
use super::observe::{self, RequestId, Seen};
use axum::Router;
use axum::extract::Request;
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use http::header;
use skolstart_shared::api::ErrorCode;
use std::time::Duration;

/// Longest time for a request, its body included. A phone on a weak network needs a few seconds for 256 kB.
const TIME_LIMIT: Duration = Duration::from_secs(30);

/// What the protection must know about the instance.
#[derive(Clone)]
pub struct Protection {
    own: OwnOrigin,
    headers: SecurityHeaders,
    limits: Limits,
    /// Only our own pages may write.
    from_pages: bool,
}

impl Protection {
    /// For an instance reached at this origin, such as `https://skolstart.example.se`.
    pub fn new(origin: &str) -> Self {
        let headers = SecurityHeaders::new(origin.starts_with("https://"));
        Self { own: OwnOrigin(origin.to_owned()), headers, limits: Limits::default(), from_pages: true }
    }

    /// The same with limits of its own.
    #[must_use]
    pub fn limited_by(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }

    /// The same for what other servers call. No cookie may count there: nobody's browser has to be kept from writing.
    #[must_use]
    pub fn for_servers(self) -> Self {
        Self { from_pages: false, ..self }
    }
}

/// Surrounds all routes that `router` has by now, its fallbacks included.
pub fn protect<S: Clone + Send + Sync + 'static>(router: Router<S>, protection: Protection) -> Router<S> {
    router.layer(from_fn(move |request: Request, next: Next| {
        let protection = protection.clone();
        async move { around(protection, request, next).await }
    }))
}

async fn around(protection: Protection, mut request: Request, next: Next) -> Response {
    let id = RequestId::new();
    let seen = Seen::of(&request, id.clone());
    let _there = protection.limits.meters().running();
    request.extensions_mut().insert(id.clone());
    let (parts, body) = request.into_parts();
    let may_write = if protection.from_pages { cross_site::check(&protection.own, &parts) } else { Ok(()) };
    let entered =
        may_write.and_then(|()| protection.limits.enter(parts.extensions.get::<Peer>(), &parts.headers));
    let mut response = match entered {
        Ok(running) => run(Request::from_parts(parts, body), next, running).await,
        Err(refusal) => refusal.with_request_id(id.as_str()).into_response(),
    };
    protection.headers.put_on(response.headers_mut());
    response.headers_mut().insert(observe::REQUEST_ID, id.header());
    // Only files and the program say otherwise; everything else may be personal data.
    response.headers_mut().entry(header::CACHE_CONTROL).or_insert(http::HeaderValue::from_static("no-store"));
    seen.log(response.status(), protection.limits.meters());
    response
}

// In a task of its own: what is half-way through a write is finished also when the phone loses its network, and a panic
// is an answer instead of a dead connection.
async fn run(request: Request, next: Next, running: Running) -> Response {
    let limited = tokio::spawn(async move {
        // Held until it has really ended, also when the phone has gone.
        let _running = running;
        tokio::time::timeout(TIME_LIMIT, next.run(request)).await
    });
    match limited.await {
        Ok(Ok(response)) => response,
        Ok(Err(_)) => Refusal::of(ErrorCode::Busy).into_response(),
        Err(_) => Refusal::of(ErrorCode::Internal).into_response(),
    }
}
