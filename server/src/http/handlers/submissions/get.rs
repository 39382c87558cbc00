use crate::http::{Answer, Call, Refusal};
use crate::policy::{Object, ReadOwnSubmissions, authorize};
use crate::usecase;
use skolstart_shared::api::{GetSubmission, SubmissionOut};

pub(in crate::http) async fn get(call: Call<GetSubmission>) -> Result<Answer<SubmissionOut>, Refusal> {
    let grant = authorize::<ReadOwnSubmissions>(&call.state.store, call.principal()?, Object::Own).await?;
    Ok(usecase::submissions::get(&call.state.store, grant, call.path, call.locale).await?.into())
}
