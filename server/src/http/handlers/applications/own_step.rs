use crate::http::{Answer, Call, Refusal};
use crate::policy::{Object, Submit, authorize};
use crate::usecase;
use skolstart_shared::api::{Nothing, PutOwnApplicationStep};

pub(in crate::http) async fn own_step(call: Call<PutOwnApplicationStep>) -> Result<Answer<Nothing>, Refusal> {
    let (child, application, id) = call.path;
    let (store, principal) = (&call.state.store, call.principal()?);
    let grant = authorize::<Submit>(store, principal, Object::Child(child)).await?;
    usecase::applications::own_step(store, grant, principal, (application, id), &call.body).await?;
    Ok(Nothing {}.into())
}
