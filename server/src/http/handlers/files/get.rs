use crate::http::handlers::protection;
use crate::http::{Answer, Call, Refusal};
use crate::policy::{Object, ReadFile, authorize};
use crate::usecase::{self, files};
use skolstart_shared::api::{GetFile, Nothing};

pub(in crate::http) async fn get(call: Call<GetFile>) -> Result<Answer<Nothing>, Refusal> {
    let (store, principal) = (&call.state.store, call.principal()?);
    let grant = authorize::<ReadFile>(store, principal, Object::File(call.path)).await?;
    let opening = match grant.child() {
        Some(child) => protection::opening(&call.state, principal, child).await?,
        None => None,
    };
    let (kind, bytes) = files::read(store, grant, call.path).await?;
    usecase::protection::opened(store, opening).await?;
    Ok(Answer::file(kind, bytes))
}
