use crate::demo::persona::PersonaSignIn;
use crate::http::handlers::session;
use crate::http::{Answer, Call, Refusal};
use crate::identity::{Entering, SessionToken, SignIn};
use skolstart_shared::api::{Nothing, SignInAsPersona};

pub(in crate::http) async fn sign_in(call: Call<SignInAsPersona>) -> Result<Answer<Nothing>, Refusal> {
    let sign_in = PersonaSignIn { store: &call.state.store, request_id: call.request_id.clone() };
    let proven = sign_in.prove(call.path).await?;
    let replaces = call.token.as_ref().map(SessionToken::hash);
    let entering = Entering { replaces, device: call.device, request_id: call.request_id };
    session::begin(&call.state, proven, entering).await
}
