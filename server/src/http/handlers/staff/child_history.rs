use crate::http::{Answer, Call, Refusal};
use crate::policy::{Object, ReadChild, authorize};
use crate::usecase;
use skolstart_shared::api::{HistoryByStaff, StaffChildHistory};

pub(in crate::http) async fn child_history(
    call: Call<StaffChildHistory>,
) -> Result<Answer<Vec<HistoryByStaff>>, Refusal> {
    let object = Object::Child(call.path);
    let (store, principal) = (&call.state.store, call.principal()?);
    let grant = authorize::<ReadChild>(store, principal, object).await?;
    usecase::protection::may_open(store, principal, &grant).await?;
    let alarm = || call.state.limits.meters().alarm();
    usecase::bulk::may_open(store, &grant, call.state.bulk, alarm).await?;
    Ok(usecase::history::read_by_staff(store, grant, principal).await?.into())
}
