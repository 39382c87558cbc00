use crate::http::handlers::protection::opening;
use crate::http::{Answer, Call, Refusal};
use crate::policy::{HandleTodos, Object, authorize};
use crate::usecase;
use skolstart_shared::api::{GetTodo, TodoOut};

pub(in crate::http) async fn page(call: Call<GetTodo>) -> Result<Answer<TodoOut>, Refusal> {
    let (child, todo) = call.path;
    let (store, principal) = (&call.state.store, call.principal()?);
    let grant = authorize::<HandleTodos>(store, principal, Object::Child(child)).await?;
    let opening = opening(&call.state, principal, child).await?;
    let page = usecase::todos::page(store, grant, principal, todo).await?;
    usecase::protection::opened(store, opening).await?;
    Ok(page.into())
}
