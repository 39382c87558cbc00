use crate::http::{Answer, Call, Refusal};
use crate::policy::{Object, Submit, authorize};
use crate::usecase::consents;
use skolstart_shared::api::{Nothing, PutConsentAnswerSeen};

pub(in crate::http) async fn seen(call: Call<PutConsentAnswerSeen>) -> Result<Answer<Nothing>, Refusal> {
    let store = &call.state.store;
    let grant = authorize::<Submit>(store, call.principal()?, Object::Child(call.body.child)).await?;
    consents::told(store, grant, call.path).await?;
    Ok(Nothing {}.into())
}
