use crate::http::{Answer, Call, Refusal};
use crate::policy::{Object, ReadKitchen, authorize};
use crate::usecase;
use skolstart_shared::api::{GetKitchen, KitchenOut};

pub(in crate::http) async fn list(call: Call<GetKitchen>) -> Result<Answer<KitchenOut>, Refusal> {
    let (store, principal) = (&call.state.store, call.principal()?);
    let grant = authorize::<ReadKitchen>(store, principal, Object::Unit(call.path)).await?;
    Ok(usecase::kitchen::list(store, grant, principal).await?.into())
}
