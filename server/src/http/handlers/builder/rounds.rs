use crate::http::{Answer, Call, Refusal};
use crate::policy::{Object, ReadForms, RunRounds, authorize};
use crate::usecase;
use skolstart_shared::api::{GetRounds, PutRound, PutRoundDay, PutRoundForm, RoundDone, RoundsOut};

pub(in crate::http) async fn rounds(call: Call<GetRounds>) -> Result<Answer<RoundsOut>, Refusal> {
    let store = &call.state.store;
    let grant = authorize::<ReadForms>(store, call.principal()?, Object::Own).await?;
    Ok(usecase::rounds::list(store, grant, call.locale).await?.into())
}

pub(in crate::http) async fn put_round(call: Call<PutRound>) -> Result<Answer<RoundDone>, Refusal> {
    let store = &call.state.store;
    let grant = authorize::<RunRounds>(store, call.principal()?, Object::Own).await?;
    Ok(usecase::rounds::start(store, grant, call.path, call.body).await?.into())
}

pub(in crate::http) async fn put_form(call: Call<PutRoundForm>) -> Result<Answer<RoundDone>, Refusal> {
    let store = &call.state.store;
    let grant = authorize::<RunRounds>(store, call.principal()?, Object::Own).await?;
    Ok(usecase::rounds::move_form(store, grant, call.path, call.body).await?.into())
}

pub(in crate::http) async fn put_day(call: Call<PutRoundDay>) -> Result<Answer<RoundDone>, Refusal> {
    let store = &call.state.store;
    let grant = authorize::<RunRounds>(store, call.principal()?, Object::Own).await?;
    Ok(usecase::rounds::move_last_day(store, grant, call.path, call.body).await?.into())
}
