use crate::http::{Answer, Call, Refusal};
use crate::identity::{OidcSignIn, SignInError};
use http::header;
use skolstart_shared::api::{BeginSignIn, ErrorCode, SignInOut};

pub(in crate::http) async fn begin(call: Call<BeginSignIn>) -> Result<Answer<SignInOut>, Refusal> {
    let state = &call.state;
    let way = state.ways.find(&call.path.0).ok_or_else(|| Refusal::of(ErrorCode::NotFound))?;
    let sign_in = OidcSignIn { store: &state.store, way, request_id: call.request_id };
    let begun = match sign_in.begin(&call.body.back, call.token.as_ref(), call.locale).await {
        // Nothing has been proven yet: what is wrong is the provider, and all that can be done is to wait.
        Err(SignInError::NotProven(why)) => {
            if state.limits.notes(call.address) {
                state.store.note_refused_sign_in(why.as_str(), &sign_in.request_id).await?;
            }
            return Err(Refusal::of(ErrorCode::Busy));
        }
        begun => begun?,
    };
    let answer = Answer::from(SignInOut { address: begun.address });
    Ok(match state.cookie.set_login(&begun.token) {
        Some(cookie) => answer.with(header::SET_COOKIE, cookie),
        None => answer,
    })
}
