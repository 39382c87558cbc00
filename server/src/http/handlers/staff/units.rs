use crate::http::{Answer, Call, Refusal};
use crate::policy::{Object, ReadUnits, authorize};
use crate::usecase;
use skolstart_shared::api::{GetUnits, UnitsOut};

pub(in crate::http) async fn units(call: Call<GetUnits>) -> Result<Answer<UnitsOut>, Refusal> {
    let grant = authorize::<ReadUnits>(&call.state.store, call.principal()?, Object::Own).await?;
    Ok(usecase::units::read(&call.state.store, grant, call.locale).await?.into())
}
