//! Where the provider sends the browser back to. The one address that a link of another site leads to and that changes
//! something: only for the browser that holds what it was given when the sign-in began.

use crate::http::Peer;
use crate::http::observe::RequestId;
use crate::identity::{self, Callback, Device, Entering, OidcSignIn, Refused, SignIn, SignInError};
use crate::policy::Admits;
use crate::state::AppState;
use crate::store::Attempt;
use axum::extract::{Extension, Path, Query, State};
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use std::net::IpAddr;

pub(in crate::http) async fn callback(
    State(state): State<AppState>,
    Extension(id): Extension<RequestId>,
    Path(key): Path<String>,
    peer: Option<Extension<Peer>>,
    headers: HeaderMap,
    query: Result<Query<Callback>, axum::extract::rejection::QueryRejection>,
) -> Response {
    let Some(way) = state.ways.find(&key) else { return StatusCode::NOT_FOUND.into_response() };
    let from = Whence { id, address: state.limits.address(peer.as_deref(), &headers) };
    let Query(callback) = query.unwrap_or_default();
    let callback = callback.with(state.cookie.read_login(&headers));
    let sign_in = OidcSignIn { store: &state.store, way, request_id: from.id.as_str().to_owned() };
    let attempt = match sign_in.take(&callback).await {
        Ok(attempt) => attempt,
        // The sign-in that this browser may have under way stays: somebody else may have made this callback.
        Err(error) => return refused(&state, &error, way.admits() == Admits::Staff, &from, false).await,
    };
    match completed(&state, &sign_in, callback, &attempt, Device::of(&headers)).await {
        Ok(session) => {
            let mut response = go_to(&attempt.back);
            response.headers_mut().append(header::SET_COOKIE, session);
            forget_login(&state, response)
        }
        Err(error) => refused(&state, &error, attempt.back.starts_with("/personal"), &from, true).await,
    }
}

async fn completed(
    state: &AppState,
    sign_in: &OidcSignIn<'_>,
    callback: Callback,
    attempt: &Attempt,
    device: Option<Device>,
) -> Result<HeaderValue, SignInError> {
    let proven = sign_in.prove(callback).await?;
    let entering = Entering { replaces: attempt.replaces(), device, request_id: sign_in.request_id.clone() };
    let token = identity::begin(&state.store, state.sessions, proven, entering).await?;
    state.cookie.set(&token).ok_or(SignInError::NotProven(Refused::Provider))
}

/// The request, and from where it comes.
struct Whence {
    id: RequestId,
    address: Option<IpAddr>,
}

/// Notes it, and sends the browser to the page that says what to do.
async fn refused(state: &AppState, error: &SignInError, staff: bool, from: &Whence, used: bool) -> Response {
    let (why, word) = match error {
        SignInError::NotProven(why) => (why.as_str(), word(*why)),
        SignInError::Unreachable => ("unreachable", "down"),
        SignInError::Store(error) => {
            tracing::error!(%error, "sign-in");
            ("store", "again")
        }
    };
    if state.limits.notes(from.address)
        && let Err(error) = state.store.note_refused_sign_in(why, from.id.as_str()).await
    {
        tracing::error!(%error, "refused sign-in not noted");
    }
    let page = if staff { "/personal/sign-in/" } else { "/logga-in/" };
    let response = go_to(&[page, word].concat());
    if used { forget_login(state, response) } else { response }
}

/// What the page is told. Of faults in what a provider said she can only try again.
fn word(why: Refused) -> &'static str {
    match why {
        Refused::Cancelled => "cancelled",
        Refused::Level => "level",
        Refused::Unknown | Refused::NoNumber | Refused::Mismatch => "unknown",
        _ => "again",
    }
}

fn go_to(path: &str) -> Response {
    let place = HeaderValue::try_from(path).unwrap_or(HeaderValue::from_static("/"));
    (StatusCode::SEE_OTHER, [(header::LOCATION, place)]).into_response()
}

fn forget_login(state: &AppState, mut response: Response) -> Response {
    if let Some(cookie) = state.cookie.clear_login() {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}
