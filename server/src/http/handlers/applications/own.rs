use crate::http::{Answer, Call, Refusal};
use crate::policy::{Object, ReadOwnSubmissions, authorize};
use crate::usecase;
use skolstart_shared::api::{GetOwnApplication, OwnApplicationOut};

pub(in crate::http) async fn own(
    call: Call<GetOwnApplication>,
) -> Result<Answer<OwnApplicationOut>, Refusal> {
    let (child, id) = call.path;
    let (store, principal) = (&call.state.store, call.principal()?);
    let grant = authorize::<ReadOwnSubmissions>(store, principal, Object::Child(child)).await?;
    Ok(usecase::applications::own(store, grant, principal, id).await?.into())
}
