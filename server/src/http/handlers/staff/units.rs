use crate::http::{Answer, Call, Refusal};
use crate::policy::{Object, ReadUnits, authorize};
use crate::usecase;
use skolstart_shared::api::{GetUnits, UnitsOut};

pub(in crate::http) async fn units(call: Call<GetUnits>) -> Result<Answer<UnitsOut>, Refusal> {
    let (store, principal) = (&call.state.store, call.principal()?);
    let grant = authorize::<ReadUnits>(store, principal, Object::Own).await?;
    Ok(usecase::units::read(store, grant, principal).await?.into())
}
