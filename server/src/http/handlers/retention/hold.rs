use crate::http::{Answer, Call, Refusal};
use crate::policy::{HoldRecords, Object, authorize};
use crate::usecase;
use skolstart_shared::api::{Nothing, PutRetentionHold};

pub(in crate::http) async fn hold(call: Call<PutRetentionHold>) -> Result<Answer<Nothing>, Refusal> {
    let store = &call.state.store;
    let grant = authorize::<HoldRecords>(store, call.principal()?, Object::Own).await?;
    usecase::retention::hold(store, grant, call.path, call.body).await?;
    Ok(Nothing {}.into())
}
