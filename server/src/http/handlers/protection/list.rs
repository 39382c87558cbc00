use crate::http::{Answer, Call, Refusal};
use crate::policy::{Object, Protect, authorize};
use crate::usecase;
use skolstart_shared::api::{GetProtected, ProtectedChild};

pub(in crate::http) async fn list(call: Call<GetProtected>) -> Result<Answer<Vec<ProtectedChild>>, Refusal> {
    let (store, principal) = (&call.state.store, call.principal()?);
    let grant = authorize::<Protect>(store, principal, Object::Own).await?;
    Ok(usecase::protection::list(store, grant, principal).await?.into())
}
