use crate::http::handlers::session;
use crate::http::{Answer, Call, Refusal};
use crate::identity::{CodeSignIn, Entering, SessionToken, SignIn, SignInError};
use skolstart_shared::api::{ErrorCode, Nothing, SignInWithCode};

pub(in crate::http) async fn sign_in(call: Call<SignInWithCode>) -> Result<Answer<Nothing>, Refusal> {
    let state = &call.state;
    state.limits.code(call.address)?;
    let sign_in = CodeSignIn { store: &state.store, request_id: call.request_id.clone() };
    let proven = match sign_in.prove(call.body.code).await {
        // Wrong, used, blocked, too old: whoever tries is not told which.
        Err(SignInError::NotProven(why)) => {
            if state.limits.notes(call.address) {
                state.store.note_refused_sign_in(why.as_str(), &call.request_id).await?;
            }
            return Err(Refusal::of(ErrorCode::NotFound));
        }
        proven => proven?,
    };
    let replaces = call.token.as_ref().map(SessionToken::hash);
    let entering = Entering { replaces, device: call.device, request_id: call.request_id };
    session::begin(state, proven, entering).await
}
