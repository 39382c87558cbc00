use crate::http::{Answer, Call, Refusal};
use crate::policy::{Object, Withhold, authorize};
use crate::usecase;
use skolstart_shared::api::{GetWithholdings, Nothing, PutWithholding, WithholdingsOut};

pub(in crate::http) async fn withholdings(
    call: Call<GetWithholdings>,
) -> Result<Answer<WithholdingsOut>, Refusal> {
    let (store, principal) = (&call.state.store, call.principal()?);
    let grant = authorize::<Withhold>(store, principal, Object::Child(call.path)).await?;
    Ok(usecase::withholdings::read(store, grant, principal).await?.into())
}

pub(in crate::http) async fn withhold(call: Call<PutWithholding>) -> Result<Answer<Nothing>, Refusal> {
    let (child, id) = call.path;
    let (store, principal) = (&call.state.store, call.principal()?);
    let grant = authorize::<Withhold>(store, principal, Object::Child(child)).await?;
    usecase::withholdings::step(store, grant, principal, id, call.body.clone()).await?;
    Ok(Nothing {}.into())
}
