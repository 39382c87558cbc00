use crate::http::{Answer, Call, Refusal};
use crate::policy::{HandleTodos, Object, authorize};
use crate::usecase;
use skolstart_shared::api::{Nothing, PutTodoMark};

pub(in crate::http) async fn mark(call: Call<PutTodoMark>) -> Result<Answer<Nothing>, Refusal> {
    let (child, todo, id) = call.path;
    let (store, principal) = (&call.state.store, call.principal()?);
    let grant = authorize::<HandleTodos>(store, principal, Object::Child(child)).await?;
    usecase::todos::mark(store, grant, principal, (todo, id), call.body).await?;
    Ok(Nothing {}.into())
}
