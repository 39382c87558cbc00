use crate::http::handlers::protection::opening;
use crate::http::{Answer, Call, Refusal};
use crate::policy::{AnswerForSchool, Object, authorize};
use crate::usecase;
use skolstart_shared::api::{GetStaffActs, StaffActsOut};

pub(in crate::http) async fn read(call: Call<GetStaffActs>) -> Result<Answer<StaffActsOut>, Refusal> {
    let (store, principal) = (&call.state.store, call.principal()?);
    let grant = authorize::<AnswerForSchool>(store, principal, Object::Child(call.path)).await?;
    let opening = opening(&call.state, principal, call.path).await?;
    let acts = usecase::staff_acts::read(store, grant, principal).await?;
    usecase::protection::opened(store, opening).await?;
    Ok(acts.into())
}
