use crate::policy::{Grant, HandleTodos, Principal, tasks_with};
use crate::store::{Marked, Marking, Store, StoreError};
use skolstart_shared::Timestamp;
use skolstart_shared::api::TodoMarkIn;
use skolstart_shared::id::{ChangeId, TodoId};

/// Why a mark was not made.
#[derive(Debug, thiserror::Error)]
pub enum MarkError {
    /// There is nothing like it for the actor to do.
    #[error("not found")]
    NotFound,
    /// The id was used before for something else.
    #[error("another mark under the same id")]
    Other,
    /// There is a newer answer than the actor has seen.
    #[error("a newer answer has come")]
    Moved,
    /// Not written.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Says that something is done for the child of the grant, or is not after all.
///
/// # Errors
/// See [`MarkError`].
pub async fn mark(
    store: &Store,
    grant: Grant<HandleTodos>,
    principal: &Principal,
    (todo, id): (TodoId, ChangeId),
    input: TodoMarkIn,
) -> Result<(), MarkError> {
    let list = store.todos(&grant, Timestamp::from_millis(0), store.clock().today()).await?;
    let record = list.todos.iter().find(|record| record.id == todo).ok_or(MarkError::NotFound)?;
    let child = list.children.get(&record.child).ok_or(MarkError::NotFound)?;
    if !tasks_with(principal, child, child.is_shielded(&list.people)).contains(&record.function) {
        return Err(MarkError::NotFound);
    }
    let marking = Marking { id, todo, done: input.done, seen: input.seen, at: store.clock().now() };
    match store.mark_todo(&grant, marking).await? {
        Marked::Done => Ok(()),
        Marked::Other => Err(MarkError::Other),
        Marked::Moved => Err(MarkError::Moved),
        Marked::NotFound => Err(MarkError::NotFound),
    }
}
