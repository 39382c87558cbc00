use crate::http::{Answer, Call, Refusal};
use crate::policy::{Object, ReadOwnSubmissions, authorize};
use crate::usecase;
use http::{HeaderValue, header};
use skolstart_shared::api::{ConsentsOut, GetConsentReceipt, GetConsents};
use skolstart_shared::consent::SignedReceipt;

pub(in crate::http) async fn consents(call: Call<GetConsents>) -> Result<Answer<ConsentsOut>, Refusal> {
    let object = Object::Child(call.path);
    let principal = call.principal()?;
    let grant = authorize::<ReadOwnSubmissions>(&call.state.store, principal, object).await?;
    Ok(usecase::consents::read(&call.state.store, grant, principal).await?.into())
}

/// The browser saves it as a file: the signature is over these bytes.
const SAVED: HeaderValue = HeaderValue::from_static("attachment; filename=\"samtycke.json\"");

pub(in crate::http) async fn consent_receipt(
    call: Call<GetConsentReceipt>,
) -> Result<Answer<SignedReceipt>, Refusal> {
    let (child, record) = call.path;
    let object = Object::Child(child);
    let grant = authorize::<ReadOwnSubmissions>(&call.state.store, call.principal()?, object).await?;
    let receipt = usecase::consents::receipt(&call.state.store, grant, record).await?;
    Ok(Answer::from(receipt).with(header::CONTENT_DISPOSITION, SAVED))
}
