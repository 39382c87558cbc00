use crate::http::{Answer, Call, Refusal};
use crate::policy::{Object, ReadCollecting, authorize};
use crate::usecase;
use skolstart_shared::api::{CollectingOut, GetCollecting};

pub(in crate::http) async fn collecting(call: Call<GetCollecting>) -> Result<Answer<CollectingOut>, Refusal> {
    let (store, principal) = (&call.state.store, call.principal()?);
    let grant = authorize::<ReadCollecting>(store, principal, Object::Group(call.path)).await?;
    Ok(usecase::collecting::read(store, grant, principal).await?.into())
}
