use crate::http::{Answer, Call, Refusal};
use crate::policy::{Object, RecordConsent, authorize};
use crate::usecase::consents;
use skolstart_shared::api::{Nothing, PutConsentAnswer};

pub(in crate::http) async fn consent_answer(
    call: Call<PutConsentAnswer>,
) -> Result<Answer<Nothing>, Refusal> {
    let (child, id) = call.path;
    let (store, principal) = (&call.state.store, call.principal()?);
    let grant = authorize::<RecordConsent>(store, principal, Object::Child(child)).await?;
    consents::take_down(store, grant, principal, id, call.body.clone()).await?;
    Ok(Nothing {}.into())
}
