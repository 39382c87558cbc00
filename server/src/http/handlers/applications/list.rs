use crate::http::{Answer, Call, Refusal};
use crate::policy::{HandleApplications, Object, authorize};
use crate::usecase;
use skolstart_shared::api::{ApplicationLine, GetApplications};

pub(in crate::http) async fn list(
    call: Call<GetApplications>,
) -> Result<Answer<Vec<ApplicationLine>>, Refusal> {
    let (store, principal) = (&call.state.store, call.principal()?);
    let grant = authorize::<HandleApplications>(store, principal, Object::Own).await?;
    Ok(usecase::applications::list(store, grant, principal).await?.into())
}
