use crate::http::{Answer, Call, Refusal};
use crate::policy::{Object, RecordConsent, authorize};
use crate::usecase::consents;
use skolstart_shared::api::{Nothing, PutConsentAnswer};

pub(in crate::http) async fn consent_answer(
    call: Call<PutConsentAnswer>,
) -> Result<Answer<Nothing>, Refusal> {
    let (child, id) = call.path;
    let store = &call.state.store;
    let grant = authorize::<RecordConsent>(store, call.principal()?, Object::Child(child)).await?;
    consents::take_down(store, grant, id, call.body).await?;
    Ok(Nothing {}.into())
}
