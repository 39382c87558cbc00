use crate::http::handlers::protection::opening;
use crate::http::{Answer, Call, Refusal};
use crate::policy::{HandleApplications, Object, authorize};
use crate::usecase;
use skolstart_shared::api::{ApplicationOut, GetApplication};

pub(in crate::http) async fn get(call: Call<GetApplication>) -> Result<Answer<ApplicationOut>, Refusal> {
    let (child, id) = call.path;
    let (store, principal) = (&call.state.store, call.principal()?);
    let grant = authorize::<HandleApplications>(store, principal, Object::Child(child)).await?;
    let opening = opening(&call.state, principal, child).await?;
    let page = usecase::applications::page(store, grant, principal, id).await?;
    usecase::protection::opened(store, opening).await?;
    Ok(page.into())
}
