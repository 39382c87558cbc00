use crate::http::{Answer, Call, Refusal};
use crate::policy::{ChangeTasks, Object, authorize};
use crate::usecase;
use skolstart_shared::api::{Nothing, PutTaskChange};

pub(in crate::http) async fn change(call: Call<PutTaskChange>) -> Result<Answer<Nothing>, Refusal> {
    let (child, id) = call.path;
    let (store, principal) = (&call.state.store, call.principal()?);
    let grant = authorize::<ChangeTasks>(store, principal, Object::Child(child)).await?;
    usecase::changes::change(store, grant, principal, id, call.body.clone()).await?;
    Ok(Nothing {}.into())
}
