use crate::http::{Answer, Call, Refusal};
use crate::policy::{Denied, ExportLists, HandleAlarms, Object, authorize};
use crate::usecase;
use skolstart_shared::api::{BulkOut, GetBulk};

pub(in crate::http) async fn read(call: Call<GetBulk>) -> Result<Answer<BulkOut>, Refusal> {
    let (store, principal) = (&call.state.store, call.principal()?);
    let grant = authorize::<ExportLists>(store, principal, Object::Own).await?;
    let leads = match authorize::<HandleAlarms>(store, principal, Object::Own).await {
        Ok(leads) => Some(leads),
        Err(Denied::NotFound) => None,
        Err(other) => return Err(other.into()),
    };
    Ok(usecase::bulk::read(store, grant, leads, call.state.bulk, call.locale).await?.into())
}
