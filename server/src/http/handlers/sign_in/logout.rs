//! Where a provider of identity says that somebody has signed out there. It calls this itself, without a browser.

use crate::http::Peer;
use crate::http::observe::RequestId;
use crate::identity::SignInError;
use crate::state::AppState;
use axum::extract::rejection::FormRejection;
use axum::extract::{Extension, Form, Path, State};
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use serde::Deserialize;
use serde_json::json;
use std::net::IpAddr;

/// What is sent. Others may stand beside it (Back-Channel Logout 1.0, 2.5).
#[derive(Deserialize)]
pub(in crate::http) struct Sent {
    logout_token: String,
}

pub(in crate::http) async fn logout(
    State(state): State<AppState>,
    Extension(id): Extension<RequestId>,
    Path(key): Path<String>,
    peer: Option<Extension<Peer>>,
    headers: HeaderMap,
    sent: Result<Form<Sent>, FormRejection>,
) -> Response {
    let Some(way) = state.ways.find(&key) else { return StatusCode::NOT_FOUND.into_response() };
    let address = state.limits.address(peer.as_deref(), &headers);
    let refused = async |why| refused(&state, why, &id, address).await;
    let Ok(Form(sent)) = sent else { return refused("request").await };
    match way.sign_out(&state.store, &sent.logout_token, id.as_str()).await {
        Ok(()) => {
            let no_store = (header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
            (StatusCode::OK, [no_store]).into_response()
        }
        Err(SignInError::NotProven(why)) => refused(why.as_str()).await,
        Err(SignInError::Unreachable) => refused("unreachable").await,
        Err(SignInError::Store(error)) => {
            tracing::error!(%error, "sign-out by a provider");
            refused("store").await
        }
    }
}

/// Invalid and failed are both 400 (2.8): the provider can only try again.
async fn refused(state: &AppState, why: &'static str, id: &RequestId, address: Option<IpAddr>) -> Response {
    if state.limits.notes(address)
        && let Err(error) = state.store.note_refused_sign_out(why, id.as_str()).await
    {
        tracing::error!(%error, "refused sign-out not noted");
    }
    let no_store = (header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    (StatusCode::BAD_REQUEST, [no_store], axum::Json(json!({"error": "invalid_request"}))).into_response()
}
