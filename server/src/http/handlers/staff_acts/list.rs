use crate::http::{Answer, Call, Refusal};
use crate::policy::{AnswerForSchool, Object, authorize};
use crate::usecase;
use skolstart_shared::api::{GetStaffActList, StaffActLine};

pub(in crate::http) async fn list(call: Call<GetStaffActList>) -> Result<Answer<Vec<StaffActLine>>, Refusal> {
    let (store, principal) = (&call.state.store, call.principal()?);
    let grant = authorize::<AnswerForSchool>(store, principal, Object::Own).await?;
    Ok(usecase::staff_acts::list(store, grant, principal).await?.into())
}
