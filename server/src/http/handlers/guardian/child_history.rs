use crate::http::{Answer, Call, Refusal};
use crate::policy::{Object, ReadOwnSubmissions, authorize};
use crate::usecase;
use skolstart_shared::api::{ChildHistory, HistoryEntry};

pub(in crate::http) async fn child_history(
    call: Call<ChildHistory>,
) -> Result<Answer<Vec<HistoryEntry>>, Refusal> {
    let object = Object::Child(call.path);
    let principal = call.principal()?;
    let grant = authorize::<ReadOwnSubmissions>(&call.state.store, principal, object).await?;
    Ok(usecase::history::read(&call.state.store, grant, principal).await?.into())
}
