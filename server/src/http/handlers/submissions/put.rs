use crate::http::{Answer, Call, Refusal};
use crate::policy::{Object, Submit, authorize};
use crate::usecase;
use skolstart_shared::api::PutSubmission;
use skolstart_shared::receipt::Receipt;

pub(in crate::http) async fn put(call: Call<PutSubmission>) -> Result<Answer<Receipt>, Refusal> {
    let principal = call.principal.as_ref().ok_or_else(Refusal::signed_out)?;
    let store = &call.state.store;
    // Who decides for no child has nothing to send; which children the answers may be about is checked act by act.
    authorize::<Submit>(store, principal, Object::Own).await?;
    let receipt = usecase::submit::submit(store, principal, call.path, call.body).await?;
    Ok(Answer::stored(receipt.0.into_bytes()))
}
