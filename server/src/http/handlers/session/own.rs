//! Where the caller is signed in, and ending that.

use crate::http::{Answer, Call, Refusal};
use crate::identity;
use crate::policy::{Object, OwnSession, authorize};
use skolstart_shared::api::{EndOneSession, EndOtherSessions, ErrorCode, GetSessions, Nothing, SessionLine};

pub(in crate::http) async fn list(call: Call<GetSessions>) -> Result<Answer<Vec<SessionLine>>, Refusal> {
    let (store, principal) = (&call.state.store, call.principal()?);
    let grant = authorize::<OwnSession>(store, principal, Object::Own).await?;
    Ok(identity::own_sessions(store, call.state.sessions, &grant, call.token.as_ref()).await?.into())
}

pub(in crate::http) async fn end_one(call: Call<EndOneSession>) -> Result<Answer<Nothing>, Refusal> {
    let (store, principal) = (&call.state.store, call.principal()?);
    let grant = authorize::<OwnSession>(store, principal, Object::Own).await?;
    identity::end_one(store, grant, call.path).await?;
    Ok(Nothing {}.into())
}

pub(in crate::http) async fn end_others(call: Call<EndOtherSessions>) -> Result<Answer<Nothing>, Refusal> {
    let (store, principal) = (&call.state.store, call.principal()?);
    let grant = authorize::<OwnSession>(store, principal, Object::Own).await?;
    let here = call.token.as_ref().ok_or_else(|| Refusal::of(ErrorCode::SignedOut))?;
    identity::end_others(store, grant, here).await?;
    Ok(Nothing {}.into())
}
