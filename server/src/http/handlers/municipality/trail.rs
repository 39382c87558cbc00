use crate::http::{Answer, Call, Refusal};
use crate::policy::{Object, ReadTrail, authorize};
use crate::usecase;
use skolstart_shared::api::{AskTrail, TrailOut};

pub(in crate::http) async fn trail(call: Call<AskTrail>) -> Result<Answer<TrailOut>, Refusal> {
    let (store, principal) = (&call.state.store, call.principal()?);
    let grant = authorize::<ReadTrail>(store, principal, Object::Own).await?;
    Ok(usecase::trail::ask(store, grant, principal, call.body.clone()).await?.into())
}
