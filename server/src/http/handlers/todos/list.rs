use crate::http::{Answer, Call, Refusal};
use crate::policy::{HandleTodos, Object, authorize};
use crate::usecase;
use skolstart_shared::api::{GetTodos, TodoLine};

pub(in crate::http) async fn list(call: Call<GetTodos>) -> Result<Answer<Vec<TodoLine>>, Refusal> {
    let (store, principal) = (&call.state.store, call.principal()?);
    let grant = authorize::<HandleTodos>(store, principal, Object::Own).await?;
    Ok(usecase::todos::list(store, grant, principal).await?.into())
}
