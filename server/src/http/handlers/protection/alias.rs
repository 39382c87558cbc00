use crate::http::{Answer, Call, Refusal};
use crate::policy::{Object, Protect, authorize};
use crate::usecase;
use skolstart_shared::api::{Nothing, PutAlias};

pub(in crate::http) async fn alias(call: Call<PutAlias>) -> Result<Answer<Nothing>, Refusal> {
    let (child, id) = call.path;
    let store = &call.state.store;
    let grant = authorize::<Protect>(store, call.principal()?, Object::Child(child)).await?;
    usecase::protection::alias(store, grant, id, call.body).await?;
    Ok(Nothing {}.into())
}
