use crate::http::{Answer, Call, Refusal};
use crate::policy::{Object, ReadGroup, authorize};
use crate::usecase;
use skolstart_shared::api::{GetGroup, GroupOut};

pub(in crate::http) async fn group(call: Call<GetGroup>) -> Result<Answer<GroupOut>, Refusal> {
    let (group, revision) = call.path;
    let grant = authorize::<ReadGroup>(&call.state.store, call.principal()?, Object::Group(group)).await?;
    Ok(usecase::group_page::read(&call.state.store, grant, revision, call.locale).await?.into())
}
