use crate::http::{Answer, Call, Refusal};
use crate::policy::{GiveMandates, Object, authorize};
use crate::usecase;
use skolstart_shared::api::{GetMandates, MandatesOut, Nothing, PutMandate};

pub(in crate::http) async fn mandates(call: Call<GetMandates>) -> Result<Answer<MandatesOut>, Refusal> {
    let store = &call.state.store;
    let grant = authorize::<GiveMandates>(store, call.principal()?, Object::Own).await?;
    Ok(usecase::mandates::read(store, grant).await?.into())
}

pub(in crate::http) async fn mandate(call: Call<PutMandate>) -> Result<Answer<Nothing>, Refusal> {
    let store = &call.state.store;
    let grant = authorize::<GiveMandates>(store, call.principal()?, Object::Own).await?;
    usecase::mandates::step(store, grant, call.path, call.body).await?;
    Ok(Nothing {}.into())
}
