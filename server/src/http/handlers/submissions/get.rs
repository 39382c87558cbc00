use crate::http::{Answer, Call, Refusal};
use crate::policy::{Object, ReadOwnSubmissions, authorize};
use crate::usecase;
use skolstart_shared::api::{GetSubmission, SubmissionOut};

pub(in crate::http) async fn get(call: Call<GetSubmission>) -> Result<Answer<SubmissionOut>, Refusal> {
    let (store, principal) = (&call.state.store, call.principal()?);
    let grant = authorize::<ReadOwnSubmissions>(store, principal, Object::Own).await?;
    Ok(usecase::submissions::get(store, grant, principal, call.path).await?.into())
}
