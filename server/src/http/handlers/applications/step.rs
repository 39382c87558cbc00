use crate::http::{Answer, Call, Refusal};
use crate::policy::{HandleApplications, Object, authorize};
use crate::usecase;
use skolstart_shared::api::{Nothing, PutApplicationStep};

pub(in crate::http) async fn step(call: Call<PutApplicationStep>) -> Result<Answer<Nothing>, Refusal> {
    let (child, application, id) = call.path;
    let (store, principal) = (&call.state.store, call.principal()?);
    let grant = authorize::<HandleApplications>(store, principal, Object::Child(child)).await?;
    usecase::applications::step(store, grant, principal, (application, id), call.body.clone()).await?;
    Ok(Nothing {}.into())
}
