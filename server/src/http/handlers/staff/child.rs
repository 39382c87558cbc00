use crate::http::{Answer, Call, Refusal};
use crate::policy::{Object, ReadChild, authorize};
use crate::usecase;
use skolstart_shared::api::{GetChildPage, StaffChildOut};

pub(in crate::http) async fn child(call: Call<GetChildPage>) -> Result<Answer<StaffChildOut>, Refusal> {
    let object = Object::Child(call.path);
    let principal = call.principal()?;
    let grant = authorize::<ReadChild>(&call.state.store, principal, object).await?;
    Ok(usecase::child_page::read(&call.state.store, grant, principal).await?.into())
}
