use crate::demo::persona::PersonaSignIn;
use crate::http::{Answer, Call, Refusal};
use crate::identity::{self, SessionToken, SignIn};
use http::header;
use skolstart_shared::api::{Nothing, SignInAsPersona};

pub(in crate::http) async fn sign_in(call: Call<SignInAsPersona>) -> Result<Answer<Nothing>, Refusal> {
    let state = &call.state;
    let proven = PersonaSignIn.prove(call.path).await?;
    let (store, replaces) = (&state.store, call.token.as_ref().map(SessionToken::hash));
    let token = identity::begin(store, state.sessions, proven, replaces, call.request_id).await?;
    let answer = Answer::from(Nothing {});
    Ok(match state.cookie.set(&token) {
        Some(cookie) => answer.with(header::SET_COOKIE, cookie),
        None => answer,
    })
}
