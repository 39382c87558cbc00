//! The request id and the log line of a request. The line holds the route's template, never the path itself, and nothing
//! of the body: a log is read by more people than the data.

use super::meters::Meters;
use axum::extract::{MatchedPath, Request};
use http::{HeaderName, HeaderValue, StatusCode};
use std::time::Instant;
use uuid::Uuid;

pub(super) const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// What the caller can quote to support; the same in the log. Random: it says nothing about the caller.
#[derive(Clone, Debug)]
pub(super) struct RequestId(String);

impl RequestId {
    pub(super) fn new() -> Self {
        let mut bytes = [0_u8; 16];
        // An id that cannot be random is still an id: it must not stop the request.
        if getrandom::fill(&mut bytes).is_err() {
            tracing::error!("no randomness for request ids");
        }
        Self(Uuid::from_bytes(bytes).simple().to_string())
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    pub(super) fn header(&self) -> HeaderValue {
        HeaderValue::try_from(self.0.as_str()).unwrap_or(HeaderValue::from_static("none"))
    }
}

/// What is logged of a request.
pub(super) struct Seen {
    id: RequestId,
    method: http::Method,
    route: String,
    started: Instant,
}

impl Seen {
    pub(super) fn of(request: &Request, id: RequestId) -> Self {
        let matched = request.extensions().get::<MatchedPath>();
        let route = matched.map_or("(none)", MatchedPath::as_str).to_owned();
        Self { id, method: request.method().clone(), route, started: Instant::now() }
    }

    pub(super) fn log(self, status: StatusCode, meters: &Meters) {
        let took = self.started.elapsed();
        meters.answered(&self.route, &self.method, status.as_u16(), took);
        let millis = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
        let (id, route, status) = (self.id.as_str(), self.route.as_str(), status.as_u16());
        if status >= 500 {
            tracing::error!(%id, method = %self.method, route, status, millis, "request");
        } else {
            tracing::info!(%id, method = %self.method, route, status, millis, "request");
        }
    }
}
