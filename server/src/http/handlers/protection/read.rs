use crate::http::{Answer, Call, Refusal};
use crate::policy::{Object, Protect, authorize};
use crate::usecase;
use skolstart_shared::api::{GetProtection, ProtectionOut};

pub(in crate::http) async fn read(call: Call<GetProtection>) -> Result<Answer<ProtectionOut>, Refusal> {
    let store = &call.state.store;
    let grant = authorize::<Protect>(store, call.principal()?, Object::Child(call.path)).await?;
    Ok(usecase::protection::read(store, grant).await?.into())
}
