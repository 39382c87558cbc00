//! Passkeys of staff: signing in with one, and one's own.

mod own;
mod sign_in;

pub(in crate::http) use own::{add, begin, list, name, remove};
pub(in crate::http) use sign_in::{begin_sign_in, offered, sign_in};

use crate::http::{Answer, Refusal};
use crate::identity::{PasskeyBegun, Passkeys};
use crate::state::AppState;
use http::header;
use skolstart_shared::api::{ErrorCode, PasskeyAsked};

/// The passkeys of this instance. Where there are none, nothing about them exists.
fn passkeys(state: &AppState) -> Result<&Passkeys, Refusal> {
    state.passkeys.as_deref().ok_or_else(|| Refusal::of(ErrorCode::NotFound))
}

/// What the device is asked, with what the browser must hold until it has the answer.
fn asked(state: &AppState, begun: PasskeyBegun) -> Answer<PasskeyAsked> {
    let answer = Answer::from(PasskeyAsked { options: begun.options });
    match state.cookie.set_login(&begun.token) {
        Some(cookie) => answer.with(header::SET_COOKIE, cookie),
        None => answer,
    }
}

/// What was begun is over.
fn without_login<T>(state: &AppState, answer: Answer<T>) -> Answer<T> {
    match state.cookie.clear_login() {
        Some(cookie) => answer.with(header::SET_COOKIE, cookie),
        None => answer,
    }
}
