//! What staff do to tasks: sending an answer back with questions, exempting a child, letting its family answer after the last day, and
//! taking one of these back.
//!
//! Owns the table of changes, which is only added to; what is in force of it is told by `in_force`. Called by `usecase::change_task` and by
//! what reads a child. The status that follows comes from `refresh`, in the same transaction.

use super::entity::{act_answer, task_change};
use super::generation::{self, Of};
use super::in_force::{self, exemptions};
use super::refresh::Part;
use super::{Sealer, Store, StoreError};
use crate::policy::{ChangeTasks, Grant};
use crate::store::Transaction;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};
use skolstart_shared::Timestamp;
use skolstart_shared::access::Role;
use skolstart_shared::api::{ActName, TaskChange, TaskChangeIn};
use skolstart_shared::form::{ActKey, FormKey};
use skolstart_shared::id::{ChangeId, PersonId, RoundId};
use std::sync::Arc;
use uuid::Uuid;

/// One change, as it was made.
#[derive(Clone, Debug)]
pub struct ChangeLine {
    /// The child.
    pub child: PersonId,
    /// What was done.
    pub done: TaskChangeIn,
    /// Who did it.
    pub by: PersonId,
    /// In what role.
    pub role: Role,
    /// When.
    pub at: Timestamp,
}

/// What came of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Changed {
    /// It is made, now or before.
    Done,
    /// The id was used before for another change.
    Other,
    /// There is nothing to change any more: no answer to send back, no exemption to end, nobody who is let in.
    Moved,
}

impl Store {
    /// Makes a change and derives the tasks of the child anew, in one transaction. `role`: in what role the actor does it.
    ///
    /// # Errors
    /// [`StoreError::Busy`] when it was not written; the same change may be made again.
    pub async fn change_task(
        &self,
        grant: &Grant<ChangeTasks>,
        id: ChangeId,
        role: Role,
        done: TaskChangeIn,
        at: Timestamp,
    ) -> Result<Changed, StoreError> {
        let Some(child) = grant.child() else { return Ok(Changed::Moved) };
        let Some(part) = Part::of_child(self, done.round, child) else { return Ok(Changed::Moved) };
        let line = ChangeLine { child, done, by: grant.actor(), role, at };
        let work = Arc::new((self.clone(), part, line, grant.audit("child", Some(child.0))));
        self.write(move |db| {
            let work = work.clone();
            Box::pin(async move {
                let (store, part, line, audit) = &*work;
                let changed = make(db, store.sealer(), part, id, line).await?;
                let entries = if changed == Changed::Done { vec![audit.clone()] } else { Vec::new() };
                Ok((changed, entries))
            })
        })
        .await
    }
}

pub(super) async fn make(
    db: &Transaction,
    sealer: &Sealer,
    part: &Part,
    id: ChangeId,
    line: &ChangeLine,
) -> Result<Changed, StoreError> {
    // Whoever answers for the child in another process waits here, and then sees what has been changed.
    part.lock(db).await?;
    if let Some(earlier) = task_change::Entity::find_by_id(id.0).one(db).await? {
        let earlier = open(sealer, earlier)?;
        let same = (earlier.child, earlier.by, &earlier.done) == (line.child, line.by, &line.done);
        return Ok(if same { Changed::Done } else { Changed::Other });
    }
    if !apply(db, sealer, line).await? {
        return Ok(Changed::Moved);
    }
    let row = seal(sealer, id, line)?;
    task_change::Entity::insert(row.into_active_model()).exec_without_returning(db).await?;
    if !matches!(line.done.change, TaskChange::Return(_) | TaskChange::CancelReturn) {
        // What is in force until it is ended is remembered with the child.
        generation::advance(db, Of::Register, id.0).await?;
    }
    part.refresh(db).await?;
    if matches!(line.done.change, TaskChange::LetInLate { .. } | TaskChange::EndLetInLate) {
        // No status is another; how it is seen is.
        part.renew_groups(db).await?;
    }
    Ok(Changed::Done)
}

/// False when there is nothing that the change could change.
async fn apply(db: &Transaction, sealer: &Sealer, line: &ChangeLine) -> Result<bool, StoreError> {
    match &line.done.change {
        TaskChange::Return(_) => returned(db, line, true).await,
        TaskChange::CancelReturn => returned(db, line, false).await,
        TaskChange::Exempt(_) => Ok(true),
        TaskChange::EndExempt => {
            let holding = exemptions(db, &[line.child.0]).await?.remove(&line.child).unwrap_or_default();
            Ok(holding.iter().any(|holds| (holds.round, &holds.act) == (line.done.round, &line.done.act)))
        }
        TaskChange::LetInLate { .. } => Ok(true),
        TaskChange::EndLetInLate => {
            let in_force = in_force::all(db, sealer, &[line.child.0]).await?.remove(&line.child);
            Ok(in_force.unwrap_or_default().let_in.iter().any(|one| one.round == line.done.round))
        }
    }
}

async fn returned(db: &Transaction, line: &ChangeLine, now: bool) -> Result<bool, StoreError> {
    use act_answer::Column::{ActKey, FormKey, Returned, RoundId, SubjectId};
    let Some(act) = &line.done.act else { return Ok(false) };
    let mut update = act_answer::Entity::update_many()
        .col_expr(Returned, Expr::value(now))
        .filter(SubjectId.eq(line.child.0))
        .filter(RoundId.eq(line.done.round.0))
        .filter(FormKey.eq(act.form.as_str()))
        .filter(ActKey.eq(act.act.as_str()));
    if !now {
        update = update.filter(Returned.eq(true));
    }
    Ok(update.exec(db).await?.rows_affected > 0)
}

/// Everything that was ever changed about these children, oldest first.
pub(super) async fn changes<C: ConnectionTrait>(
    db: &C,
    sealer: &Sealer,
    children: &[Uuid],
) -> Result<Vec<ChangeLine>, StoreError> {
    use task_change::Column::{At, ChildId, Id};
    let query = task_change::Entity::find()
        .filter(ChildId.is_in(children.iter().copied()))
        .order_by_asc(At)
        .order_by_asc(Id);
    query.all(db).await?.into_iter().map(|row| open(sealer, row)).collect()
}

pub(super) fn act_of(row: &task_change::Model) -> Option<ActName> {
    let (form, act) = row.form_key.as_ref().zip(row.act_key.as_ref())?;
    Some(ActName { form: FormKey(form.clone()), act: ActKey(act.clone()) })
}

fn seal(sealer: &Sealer, id: ChangeId, line: &ChangeLine) -> Result<task_change::Model, StoreError> {
    let text = serde_json::to_vec(&line.done.change).map_err(|_| StoreError::Corrupt("task_change"))?;
    let act = line.done.act.as_ref();
    Ok(task_change::Model {
        id: id.0,
        child_id: line.child.0,
        round_id: line.done.round.0,
        form_key: act.map(|act| act.form.0.clone()),
        act_key: act.map(|act| act.act.0.clone()),
        kind: line.done.change.as_str().to_owned(),
        by_id: line.by.0,
        role: line.role.as_str().to_owned(),
        at: line.at.as_millis(),
        sealed: sealer.seal_for(line.child.0, "task_change", "sealed", id.0, &text)?,
    })
}

pub(super) fn open(sealer: &Sealer, row: task_change::Model) -> Result<ChangeLine, StoreError> {
    let corrupt = StoreError::Corrupt("task_change");
    let plain = sealer.open_for(row.child_id, "task_change", "sealed", row.id, &row.sealed);
    let plain = plain.map_err(|_| corrupt.clone())?;
    let change: TaskChange = serde_json::from_slice(&plain).map_err(|_| corrupt.clone())?;
    let role = Role::from_name(&row.role).ok_or(corrupt)?;
    Ok(ChangeLine {
        child: PersonId(row.child_id),
        by: PersonId(row.by_id),
        at: Timestamp::from_millis(row.at),
        role,
        done: TaskChangeIn { round: RoundId(row.round_id), act: act_of(&row), change },
    })
}
