use crate::http::{Answer, Call, Refusal};
use crate::policy::{HandleAlarms, Object, authorize};
use crate::usecase::bulk;
use skolstart_shared::api::{Nothing, PutAlarm};

pub(in crate::http) async fn alarm(call: Call<PutAlarm>) -> Result<Answer<Nothing>, Refusal> {
    let store = &call.state.store;
    let grant = authorize::<HandleAlarms>(store, call.principal()?, Object::Own).await?;
    bulk::mark(store, grant, call.path, call.body).await?;
    Ok(Nothing {}.into())
}
