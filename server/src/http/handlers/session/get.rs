use crate::http::{Answer, Call, Refusal};
use crate::policy::{Object, OwnSession, authorize};
use crate::usecase;
use skolstart_shared::api::{GetSession, SessionOut};

pub(in crate::http) async fn get(call: Call<GetSession>) -> Result<Answer<SessionOut>, Refusal> {
    let principal = call.principal()?;
    let grant = authorize::<OwnSession>(&call.state.store, principal, Object::Own).await?;
    Ok(usecase::session::read(&call.state.store, grant, principal).await?.into())
}
