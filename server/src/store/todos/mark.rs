use crate::policy::{Grant, HandleTodos};
use crate::store::entity::{todo, todo_mark};
use crate::store::{Store, StoreError, Transaction};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect};
use skolstart_shared::Timestamp;
use skolstart_shared::id::{ChangeId, PersonId, TodoId};

/// That something is done, or is not after all.
#[derive(Clone, Copy, Debug)]
pub struct Marking {
    /// Its id, made by the client.
    pub id: ChangeId,
    /// What.
    pub todo: TodoId,
    /// Done, or not.
    pub done: bool,
    /// When an answer had last asked for it, as the actor saw it.
    pub seen: Timestamp,
    /// When.
    pub at: Timestamp,
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marked {
    /// It stands so, now or before.
    Done,
    /// The id was used before for something else.
    Other,
    /// There is a newer answer than the actor has seen.
    Moved,
    /// The child of the grant has nothing like it to do.
    NotFound,
}

impl Store {
    /// Writes a mark, with the audit entry in the same transaction.
    ///
    /// # Errors
    /// [`StoreError::Busy`] when it was not written; the same mark may be made again.
    pub async fn mark_todo(
        &self,
        grant: &Grant<HandleTodos>,
        marking: Marking,
    ) -> Result<Marked, StoreError> {
        let (by, child) = (grant.actor(), grant.child());
        let audit = grant.audit("todo", Some(marking.todo.0));
        self.write(move |db| {
            let audit = audit.clone();
            Box::pin(async move {
                let (marked, is_new) = write(db, by, child, &marking).await?;
                Ok((marked, if is_new { vec![audit] } else { Vec::new() }))
            })
        })
        .await
    }
}

/// What came of it, and whether it was written now.
async fn write(
    db: &Transaction,
    by: PersonId,
    child: Option<PersonId>,
    marking: &Marking,
) -> Result<(Marked, bool), StoreError> {
    // An answer that comes at the same time waits here, or is seen.
    let found = todo::Entity::find_by_id(marking.todo.0).lock_exclusive().one(db).await?;
    let Some(row) = found.filter(|row| Some(PersonId(row.child_id)) == child) else {
        return Ok((Marked::NotFound, false));
    };
    if let Some(earlier) = todo_mark::Entity::find_by_id(marking.id.0).one(db).await? {
        let same = (earlier.todo_id, earlier.done, earlier.by_id) == (marking.todo.0, marking.done, by.0);
        return Ok((if same { Marked::Done } else { Marked::Other }, false));
    }
    if row.asked_at > marking.seen.as_millis() {
        return Ok((Marked::Moved, false));
    }
    if row.done_at.is_some() == marking.done {
        return Ok((Marked::Done, false));
    }
    let mark = todo_mark::Model {
        id: marking.id.0,
        todo_id: marking.todo.0,
        done: marking.done,
        by_id: by.0,
        at: marking.at.as_millis(),
    };
    todo_mark::Entity::insert(mark.into_active_model()).exec_without_returning(db).await?;
    todo::Entity::update_many()
        .col_expr(todo::Column::DoneAt, Expr::value(marking.done.then_some(marking.at.as_millis())))
        .col_expr(todo::Column::DoneBy, Expr::value(marking.done.then_some(by.0)))
        .filter(todo::Column::Id.eq(marking.todo.0))
        .exec(db)
        .await?;
    Ok((Marked::Done, true))
}
