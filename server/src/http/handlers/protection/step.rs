use crate::http::{Answer, Call, Refusal};
use crate::policy::{Object, Protect, authorize};
use crate::usecase;
use skolstart_shared::api::{Nothing, PutProtection};

pub(in crate::http) async fn step(call: Call<PutProtection>) -> Result<Answer<Nothing>, Refusal> {
    let (child, id) = call.path;
    let store = &call.state.store;
    let grant = authorize::<Protect>(store, call.principal()?, Object::Child(child)).await?;
    usecase::protection::step(store, grant, id, call.body).await?;
    Ok(Nothing {}.into())
}
