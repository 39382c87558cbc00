use crate::http::{Answer, Call, Refusal};
use crate::policy::{Object, ReadFile, authorize};
use crate::usecase::files;
use skolstart_shared::api::{GetFile, Nothing};

pub(in crate::http) async fn get(call: Call<GetFile>) -> Result<Answer<Nothing>, Refusal> {
    let store = &call.state.store;
    let grant = authorize::<ReadFile>(store, call.principal()?, Object::File(call.path)).await?;
    let (kind, bytes) = files::read(store, grant, call.path).await?;
    Ok(Answer::file(kind, bytes))
}
