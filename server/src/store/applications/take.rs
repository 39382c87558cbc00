//! What a submission means for applications: it opens one, adds to the open one, or replaces it. Called by the writing of
//! submissions, for a whole group at once.

use super::record::{APPLIED, SUPERSEDED};
use crate::store::Transaction;
use crate::store::entity::{act_answer, application, application_event};
use crate::store::{StoreError, rows};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect};
use std::collections::HashMap;
use uuid::Uuid;

/// The child, the form and the act that applications are for.
pub(in crate::store) type Applied = (Uuid, String, String);

/// The application that came last for something.
#[derive(Clone, Debug)]
pub(in crate::store) struct Current {
    pub(in crate::store) id: Uuid,
    pub(in crate::store) round: Uuid,
    pub(in crate::store) nr: i32,
    pub(in crate::store) seq: i32,
    pub(in crate::store) closed: bool,
}

/// The last application for each thing.
pub(in crate::store) type Open = HashMap<Applied, Current>;

/// What is to be written about applications.
#[derive(Default)]
pub(in crate::store) struct Opened {
    pub(in crate::store) opened: Vec<application::Model>,
    pub(in crate::store) events: Vec<application_event::Model>,
    pub(in crate::store) closed: Vec<(Uuid, i64)>,
    /// Answers of others than the one who opens the next application belong to the one before: the thing, the round, and
    /// whose answer stays.
    pub(in crate::store) cleared: Vec<(Applied, Uuid, Uuid)>,
}

/// An answer that is an application, with ids that nobody has used.
pub(in crate::store) struct Answer {
    pub(in crate::store) to: Applied,
    pub(in crate::store) round: Uuid,
    pub(in crate::store) form_version: i32,
    pub(in crate::store) by: Uuid,
    pub(in crate::store) at: i64,
    pub(in crate::store) submission: Uuid,
    pub(in crate::store) ids: [Uuid; 3],
    /// Everybody had signed before, and this signer now says something else.
    pub(in crate::store) replaces: bool,
}

/// Reads the last application for each thing that is applied for.
pub(in crate::store) async fn current(db: &Transaction, to: &[Applied]) -> Result<Open, StoreError> {
    let mut open = Open::new();
    if to.is_empty() {
        return Ok(open);
    }
    let children = rows::for_in(to.iter().map(|(child, ..)| *child));
    let query = application::Entity::find()
        .filter(application::Column::ChildId.is_in(children))
        .order_by_asc(application::Column::Nr);
    for row in query.all(db).await? {
        let key = (row.child_id, row.form_key, row.act_key);
        if to.contains(&key) {
            let closed = row.closed_at.is_some();
            open.insert(key, Current { id: row.id, round: row.round_id, nr: row.nr, seq: 0, closed });
        }
    }
    let ids = rows::for_in(open.values().map(|current| current.id));
    let last: Vec<(Uuid, Option<i32>)> = application_event::Entity::find()
        .select_only()
        .column(application_event::Column::ApplicationId)
        .column_as(application_event::Column::Seq.max(), "seq")
        .filter(application_event::Column::ApplicationId.is_in(ids))
        .group_by(application_event::Column::ApplicationId)
        .into_tuple()
        .all(db)
        .await?;
    for (id, seq) in last {
        open.values_mut()
            .filter(|current| current.id == id)
            .for_each(|current| current.seq = seq.unwrap_or(0));
    }
    Ok(open)
}

/// Takes in an answer. True when it opens an application: what others have answered belongs to the one before.
pub(in crate::store) fn applies(open: &mut Open, opened: &mut Opened, answer: &Answer) -> bool {
    let before = open.get(&answer.to).cloned();
    let goes_on =
        before.as_ref().filter(|known| !known.closed && known.round == answer.round && !answer.replaces);
    let [application, applied, superseded] = answer.ids;
    let mut add = |id: Uuid, of: Uuid, seq: i32, kind: &str, submission: Option<Uuid>| {
        opened.events.push(application_event::Model {
            id,
            application_id: of,
            seq,
            kind: kind.to_owned(),
            by_id: answer.by,
            at: answer.at,
            submission_id: submission,
            sealed: Vec::new(),
        });
    };
    if let Some(known) = goes_on {
        add(applied, known.id, known.seq + 1, APPLIED, Some(answer.submission));
        let next = Current { seq: known.seq + 1, ..known.clone() };
        open.insert(answer.to.clone(), next);
        return false;
    }
    if let Some(known) = before.as_ref().filter(|known| !known.closed) {
        add(superseded, known.id, known.seq + 1, SUPERSEDED, None);
        opened.closed.push((known.id, answer.at));
    }
    add(applied, application, 1, APPLIED, Some(answer.submission));
    if before.is_some() {
        opened.cleared.push((answer.to.clone(), answer.round, answer.by));
    }
    let nr = before.map_or(0, |known| known.nr) + 1;
    let (child_id, form_key, act_key) = answer.to.clone();
    opened.opened.push(application::Model {
        id: application,
        child_id,
        round_id: answer.round,
        form_key,
        form_version: answer.form_version,
        act_key,
        nr,
        opened_at: answer.at,
        closed_at: None,
    });
    let current = Current { id: application, round: answer.round, nr, seq: 1, closed: false };
    open.insert(answer.to.clone(), current);
    true
}

/// Writes what a group has opened, added and closed.
pub(in crate::store) async fn write(db: &Transaction, opened: Opened) -> Result<(), StoreError> {
    let new = opened.opened.into_iter().map(IntoActiveModel::into_active_model).collect();
    rows::insert::<application::Entity>(db, new).await?;
    let events = opened.events.into_iter().map(IntoActiveModel::into_active_model).collect();
    rows::insert::<application_event::Entity>(db, events).await?;
    for (id, at) in opened.closed {
        close(db, id, at).await?;
    }
    for ((child, form, act), round, by) in opened.cleared {
        clear(db, (child, &form, &act), round, Some(by)).await?;
    }
    Ok(())
}

pub(super) async fn close(db: &Transaction, id: Uuid, at: i64) -> Result<(), StoreError> {
    application::Entity::update_many()
        .col_expr(application::Column::ClosedAt, Expr::value(Some(at)))
        .filter(application::Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(())
}

/// Takes away who has answered last for something: all, or all but one.
pub(super) async fn clear(
    db: &Transaction,
    (child, form, act): (Uuid, &str, &str),
    round: Uuid,
    but: Option<Uuid>,
) -> Result<(), StoreError> {
    use act_answer::Column::{ActKey, FormKey, RoundId, SignerId, SubjectId};
    let mut answers = act_answer::Entity::delete_many()
        .filter(SubjectId.eq(child))
        .filter(RoundId.eq(round))
        .filter(FormKey.eq(form))
        .filter(ActKey.eq(act));
    if let Some(but) = but {
        answers = answers.filter(SignerId.ne(but));
    }
    answers.exec(db).await?;
    Ok(())
}
