//! The only mapping from errors to status codes. Called by the adapter and the middleware. A response says what to do by
//! its code; the reason of a fault of ours stands in the log and never in a response.

use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};
use skolstart_shared::Violation;
use skolstart_shared::api::{ApiError, Conflict, ErrorCode};

/// Seconds after which a busy server is worth asking again.
const RETRY_AFTER: HeaderValue = HeaderValue::from_static("2");

/// Why a request was not done.
#[derive(Debug)]
pub struct Refusal {
    status: StatusCode,
    error: ApiError,
}

fn status_of(code: ErrorCode) -> StatusCode {
    match code {
        ErrorCode::Malformed => StatusCode::BAD_REQUEST,
        ErrorCode::SignedOut => StatusCode::UNAUTHORIZED,
        ErrorCode::Forbidden => StatusCode::FORBIDDEN,
        ErrorCode::NotFound => StatusCode::NOT_FOUND,
        ErrorCode::HashMismatch => StatusCode::CONFLICT,
        ErrorCode::Closed => StatusCode::GONE,
        ErrorCode::Stale => StatusCode::PRECONDITION_FAILED,
        ErrorCode::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        ErrorCode::UnsupportedMedia => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        ErrorCode::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
        ErrorCode::Busy => StatusCode::SERVICE_UNAVAILABLE,
        ErrorCode::Internal => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

impl Refusal {
    /// A refusal that needs no more than its code.
    pub fn of(code: ErrorCode) -> Self {
        let error = ApiError { code, violations: Vec::new(), conflicts: Vec::new(), request_id: String::new() };
        Self { status: status_of(code), error }
    }

    /// What is wrong with the answers.
    pub fn invalid(violations: Vec<Violation>) -> Self {
        let mut refusal = Self::of(ErrorCode::Invalid);
        refusal.error.violations = violations;
        refusal
    }

    /// What somebody else has changed in the meantime.
    pub fn stale(conflicts: Vec<Conflict>) -> Self {
        let mut refusal = Self::of(ErrorCode::Stale);
        refusal.error.conflicts = conflicts;
        refusal
    }

    pub(super) fn method_not_allowed() -> Self {
        Self { status: StatusCode::METHOD_NOT_ALLOWED, ..Self::of(ErrorCode::NotFound) }
    }

    #[must_use]
    pub(super) fn with_request_id(mut self, id: &str) -> Self {
        self.error.request_id = id.to_owned();
        self
    }

    /// The status it is answered with.
    pub fn status(&self) -> StatusCode {
        self.status
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        if self.status == StatusCode::SERVICE_UNAVAILABLE {
            return (self.status, [(header::RETRY_AFTER, RETRY_AFTER)]).into_response();
        }
        if self.status.is_server_error() {
            return self.status.into_response();
        }
        let body = serde_json::to_vec(&self.error).unwrap_or_default();
        (self.status, [(header::CONTENT_TYPE, super::route::JSON)], body).into_response()
    }
}
