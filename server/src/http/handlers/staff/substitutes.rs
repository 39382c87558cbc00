use crate::http::{Answer, Call, Refusal};
use crate::policy::{GiveGroups, Object, authorize};
use crate::usecase;
use skolstart_shared::api::{GetSubstitutes, Nothing, PutSubstitute, SubstitutesOut};

pub(in crate::http) async fn substitutes(
    call: Call<GetSubstitutes>,
) -> Result<Answer<SubstitutesOut>, Refusal> {
    let (store, principal) = (&call.state.store, call.principal()?);
    let grant = authorize::<GiveGroups>(store, principal, Object::Unit(call.path)).await?;
    Ok(usecase::substitutes::read(store, grant, principal, call.path).await?.into())
}

pub(in crate::http) async fn substitute(call: Call<PutSubstitute>) -> Result<Answer<Nothing>, Refusal> {
    let (store, principal) = (&call.state.store, call.principal()?);
    let grant = authorize::<GiveGroups>(store, principal, Object::Unit(call.path.0)).await?;
    usecase::substitutes::step(store, grant, principal, call.path, &call.body).await?;
    Ok(Nothing {}.into())
}
