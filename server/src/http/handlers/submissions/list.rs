use crate::http::{Answer, Call, Refusal};
use crate::policy::{Object, ReadOwnSubmissions, authorize};
use crate::usecase;
use skolstart_shared::api::{ListSubmissions, SubmissionSummary};

pub(in crate::http) async fn list(
    call: Call<ListSubmissions>,
) -> Result<Answer<Vec<SubmissionSummary>>, Refusal> {
    let grant = authorize::<ReadOwnSubmissions>(&call.state.store, call.principal()?, Object::Own).await?;
    Ok(usecase::submissions::list(&call.state.store, grant).await?.into())
}
