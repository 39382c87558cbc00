use crate::http::{Answer, Call, Refusal};
use crate::policy::{Object, ReadRetention, authorize};
use crate::usecase;
use skolstart_shared::api::{GetRetention, RetentionOut};

pub(in crate::http) async fn read(call: Call<GetRetention>) -> Result<Answer<RetentionOut>, Refusal> {
    let store = &call.state.store;
    let grant = authorize::<ReadRetention>(store, call.principal()?, Object::Own).await?;
    let erasing = call.state.erasing()?;
    Ok(usecase::retention::read(store, grant, &erasing, call.locale).await?.into())
}
