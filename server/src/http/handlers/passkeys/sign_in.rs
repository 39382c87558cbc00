use super::{asked, passkeys, without_login};
use crate::http::handlers::session;
use crate::http::{Answer, Call, Refusal};
use crate::identity::{Entering, PasskeySignIn as SigningIn, Refused, SessionToken, SignIn, SignInError};
use skolstart_shared::api::{
    BeginPasskeySignIn, ErrorCode, GetPasskeySignIn, Nothing, PasskeyAsked, PasskeySignIn, SignInWithPasskey,
};

pub(in crate::http) async fn offered(call: Call<GetPasskeySignIn>) -> Result<Answer<PasskeySignIn>, Refusal> {
    Ok(PasskeySignIn { offered: call.state.passkeys.is_some() }.into())
}

pub(in crate::http) async fn begin_sign_in(
    call: Call<BeginPasskeySignIn>,
) -> Result<Answer<PasskeyAsked>, Refusal> {
    let state = &call.state;
    let passkeys = passkeys(state)?;
    let notes = &|| state.limits.notes(call.address);
    let sign_in = SigningIn { store: &state.store, passkeys, request_id: call.request_id, notes };
    Ok(asked(state, sign_in.begin().await?))
}

pub(in crate::http) async fn sign_in(call: Call<SignInWithPasskey>) -> Result<Answer<Nothing>, Refusal> {
    let state = &call.state;
    let passkeys = passkeys(state)?;
    let notes = &|| state.limits.notes(call.address);
    let sign_in = SigningIn { store: &state.store, passkeys, request_id: call.request_id.clone(), notes };
    // Of what this browser has not begun nothing is looked at.
    let Some(attempt) = sign_in.take(call.login.as_ref()).await? else {
        if notes() {
            state.store.note_refused_sign_in(Refused::State.as_str(), &call.request_id).await?;
        }
        return Err(Refusal::of(ErrorCode::Closed));
    };
    let proven = match sign_in.prove((attempt, call.body.credential)).await {
        // She holds the passkey, and has to go by the provider.
        Err(SignInError::NotProven(Refused::Unconfirmed)) => {
            return Err(Refusal::of(ErrorCode::SignInAgain));
        }
        // Unknown, removed, somebody's who has left, wrongly signed: whoever tries is not told which.
        proven => proven?,
    };
    let replaces = call.token.as_ref().map(SessionToken::hash);
    let entering = Entering { replaces, device: call.device, request_id: call.request_id };
    Ok(without_login(state, session::begin(state, proven, entering).await?))
}
