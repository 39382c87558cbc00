use crate::http::{Answer, Refusal};
use crate::identity::{self, Entering, Proven};
use crate::state::AppState;
use http::header;
use skolstart_shared::api::Nothing;

/// Begins the session of somebody whose identity was proven just now, and gives the browser its cookie.
pub(in crate::http) async fn begin(
    state: &AppState,
    proven: Proven,
    entering: Entering,
) -> Result<Answer<Nothing>, Refusal> {
    let token = identity::begin(&state.store, state.sessions, proven, entering).await?;
    let answer = Answer::from(Nothing {});
    Ok(match state.cookie.set(&token) {
        Some(cookie) => answer.with(header::SET_COOKIE, cookie),
        None => answer,
    })
}
