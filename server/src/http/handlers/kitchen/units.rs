use crate::http::{Answer, Call, Refusal};
use crate::policy::{Object, ReadKitchen, authorize};
use crate::usecase;
use skolstart_shared::api::{GetKitchens, KitchenUnit};

pub(in crate::http) async fn units(call: Call<GetKitchens>) -> Result<Answer<Vec<KitchenUnit>>, Refusal> {
    let (store, principal) = (&call.state.store, call.principal()?);
    let grant = authorize::<ReadKitchen>(store, principal, Object::Own).await?;
    Ok(usecase::kitchen::units(store, grant, principal).await?.into())
}
