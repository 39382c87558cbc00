//! The only mapping from errors to status codes. Called by the adapter and the middleware. A response says what to do by
//! its code; the reason of a fault of ours stands in the log and never in a response. `usecases` has what each use case refuses.

mod usecases;

use crate::identity::{SessionError, SignInError};
use crate::policy::Denied;
use crate::store::StoreError;
use crate::usecase::ReadError;
use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};
use skolstart_shared::Violation;
use skolstart_shared::api::{ApiError, Conflict, ErrorCode};
use std::time::Duration;

/// Seconds after which a busy server is worth asking again.
const RETRY_AFTER: u64 = 2;

/// Why a request was not done.
#[derive(Debug)]
pub struct Refusal {
    status: StatusCode,
    error: ApiError,
    /// Seconds after which it is worth asking again.
    retry_after: Option<u64>,
}

fn status_of(code: ErrorCode) -> StatusCode {
    match code {
        ErrorCode::Malformed => StatusCode::BAD_REQUEST,
        ErrorCode::SignedOut => StatusCode::UNAUTHORIZED,
        ErrorCode::Forbidden | ErrorCode::SignInAgain => StatusCode::FORBIDDEN,
        ErrorCode::NotFound => StatusCode::NOT_FOUND,
        ErrorCode::HashMismatch | ErrorCode::AlreadyDecided => StatusCode::CONFLICT,
        ErrorCode::Closed => StatusCode::GONE,
        ErrorCode::Stale => StatusCode::PRECONDITION_FAILED,
        ErrorCode::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        ErrorCode::UnsupportedMedia => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        ErrorCode::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
        ErrorCode::Outdated => StatusCode::UPGRADE_REQUIRED,
        ErrorCode::Enough => StatusCode::TOO_MANY_REQUESTS,
        ErrorCode::Busy => StatusCode::SERVICE_UNAVAILABLE,
        ErrorCode::Internal => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

impl Refusal {
    /// A refusal that needs no more than its code.
    pub fn of(code: ErrorCode) -> Self {
        let error =
            ApiError { code, violations: Vec::new(), conflicts: Vec::new(), request_id: String::new() };
        let retry_after = (code == ErrorCode::Busy).then_some(RETRY_AFTER);
        Self { status: status_of(code), error, retry_after }
    }

    /// Whoever asks has asked for too much, and may come back when this time has passed.
    pub(super) fn too_many(wait: Duration) -> Self {
        let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
        let status = StatusCode::TOO_MANY_REQUESTS;
        Self { status, retry_after: Some(seconds.max(1)), ..Self::of(ErrorCode::Busy) }
    }

    /// The body did not come.
    pub(super) fn too_slow() -> Self {
        Self { status: StatusCode::REQUEST_TIMEOUT, ..Self::of(ErrorCode::Busy) }
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

    /// What somebody else has decided in the meantime, and what the sender said.
    pub fn already_decided(both: Vec<Conflict>) -> Self {
        let mut refusal = Self::of(ErrorCode::AlreadyDecided);
        refusal.error.conflicts = both;
        refusal
    }

    /// Nobody is signed in.
    pub fn signed_out() -> Self {
        Self::of(ErrorCode::SignedOut)
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
        let mut response = if self.status.is_server_error() {
            self.status.into_response()
        } else {
            let body = serde_json::to_vec(&self.error).unwrap_or_default();
            (self.status, [(header::CONTENT_TYPE, super::route::JSON)], body).into_response()
        };
        if let Some(seconds) = self.retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Busy | StoreError::Collision => Self::of(ErrorCode::Busy),
            other => {
                tracing::error!(error = %other, "store");
                Self::of(ErrorCode::Internal)
            }
        }
    }
}

impl From<Denied> for Refusal {
    fn from(denied: Denied) -> Self {
        match denied {
            Denied::NotFound => Self::of(ErrorCode::NotFound),
            Denied::Store(error) => error.into(),
        }
    }
}

impl From<ReadError> for Refusal {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::NotFound => Self::of(ErrorCode::NotFound),
            ReadError::Store(error) => error.into(),
        }
    }
}

impl From<SessionError> for Refusal {
    fn from(error: SessionError) -> Self {
        match error {
            SessionError::SignedOut => Self::signed_out(),
            SessionError::Store(error) => error.into(),
        }
    }
}

impl From<SignInError> for Refusal {
    fn from(error: SignInError) -> Self {
        match error {
            SignInError::NotProven(_) => Self::of(ErrorCode::NotFound),
            SignInError::Unreachable => Self::of(ErrorCode::Busy),
            SignInError::Store(error) => error.into(),
        }
    }
}
