use crate::http::{Answer, Call, Refusal};
use crate::policy::{Object, ReadHome, authorize};
use crate::usecase;
use skolstart_shared::api::{GetOffer, OfferedOut};

pub(in crate::http) async fn offer(call: Call<GetOffer>) -> Result<Answer<OfferedOut>, Refusal> {
    let principal = call.principal()?;
    let grant = authorize::<ReadHome>(&call.state.store, principal, Object::Own).await?;
    Ok(usecase::offers::read(&call.state.store, grant, principal, &call.path).await?.into())
}
