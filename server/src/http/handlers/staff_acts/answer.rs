use crate::http::{Answer, Call, Refusal};
use crate::policy::{AnswerForSchool, Object, authorize};
use crate::usecase;
use skolstart_shared::api::{Nothing, PutStaffAnswer};

pub(in crate::http) async fn answer(call: Call<PutStaffAnswer>) -> Result<Answer<Nothing>, Refusal> {
    let (child, id) = call.path;
    let (store, principal) = (&call.state.store, call.principal()?);
    let grant = authorize::<AnswerForSchool>(store, principal, Object::Child(child)).await?;
    usecase::staff_acts::answer(store, grant, principal, id, &call.body).await?;
    Ok(Nothing {}.into())
}
