//! Rounds in operation: how far they have come, and moving one to another version of a form.
//!
//! Called by the use cases of rounds. Moving is one transaction: the round as it stands from now on, and the answers that are
//! asked for anew, which are kept. Must not decide which answers stand.

use super::answers::outcome_word;
use super::entity::{act_answer, progress_child, round, round_version};
use super::generation::{Of, advance};
use super::publish::insert_round;
use super::read::all_units;
use super::{Publication, Store, StoreError};
use crate::policy::{Grant, ReadForms, RunRounds};
use crate::store::Transaction;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect,
};
use skolstart_shared::Date;
use skolstart_shared::form::{ActKey, FormRef};
use skolstart_shared::id::RoundId;
use skolstart_shared::round::{Outcome, Round};
use std::collections::HashMap;
use std::sync::Arc;
use uuid::Uuid;

/// How many children a round has, and how many of them are done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RoundFigures {
    /// Children with tasks, those with protected identity left out.
    pub children: u32,
    /// Children with every act done.
    pub finished: u32,
}

/// What came of moving a round or its last day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moving {
    /// It is as it was to be, now or before; so many answers are asked for anew.
    Done(u32),
    /// There is no such round, or the form is not in it.
    NotFound,
    /// It was changed by somebody else since it was seen.
    Stale,
}

impl Store {
    /// How far the rounds have come.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn round_figures(
        &self,
        _grant: &Grant<ReadForms>,
        today: Date,
    ) -> Result<HashMap<RoundId, RoundFigures>, StoreError> {
        use progress_child::Column::{Children, Finished, RoundId as Of, ScopeId};
        let units = all_units(self.db(), today).await?;
        let sum = |column| Expr::col(column).sum().cast_as("bigint");
        let rows: Vec<(Uuid, i64, i64)> = progress_child::Entity::find()
            .select_only()
            .column(Of)
            .expr(sum(Children))
            .expr(sum(Finished))
            .filter(ScopeId.is_in(units.iter().map(|unit| unit.id)))
            .group_by(Of)
            .into_tuple()
            .all(self.db())
            .await?;
        let small = |count: i64| u32::try_from(count).unwrap_or(0);
        let figures =
            |(children, finished)| RoundFigures { children: small(children), finished: small(finished) };
        Ok(rows
            .into_iter()
            .map(|(id, children, finished)| (RoundId(id), figures((children, finished))))
            .collect())
    }

    /// Starts a round.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn start_round(
        &self,
        grant: &Grant<RunRounds>,
        definition: &Round,
    ) -> Result<Publication, StoreError> {
        let generation = self.ids().next()?;
        let job =
            Arc::new((super::publish::round_row(definition)?, grant.audit("round", Some(definition.id.0))));
        let done = self
            .write(move |db| {
                let job = job.clone();
                Box::pin(async move {
                    let (row, audit) = &*job;
                    let done = insert_round(db, row).await?;
                    if done != Publication::New {
                        return Ok((done, Vec::new()));
                    }
                    advance(db, Of::Inventory, generation).await?;
                    Ok((done, vec![audit.clone()]))
                })
            })
            .await?;
        self.reload_published().await?;
        Ok(done)
    }

    /// Moves a round from one version of a form to another, and asks for the answers to `anew` once more.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn move_round(
        &self,
        grant: &Grant<RunRounds>,
        id: RoundId,
        form: &FormRef,
        to: u32,
        anew: Vec<ActKey>,
    ) -> Result<Moving, StoreError> {
        let generation = self.ids().next()?;
        let (now, actor) = (self.clock().now().as_millis(), grant.actor().0);
        let job = Arc::new((form.clone(), anew, grant.audit("round", Some(id.0))));
        let done = self
            .write(move |db| {
                let job = job.clone();
                Box::pin(async move {
                    let (form, anew, audit) = &*job;
                    let Some((version, mut round)) = standing(db, id).await? else {
                        return Ok((Moving::NotFound, Vec::new()));
                    };
                    let Some(place) = round.forms.iter_mut().find(|other| other.key == form.key) else {
                        return Ok((Moving::NotFound, Vec::new()));
                    };
                    match place.version {
                        has if has == to => return Ok((Moving::Done(0), Vec::new())),
                        has if has != form.version => return Ok((Moving::Stale, Vec::new())),
                        _ => place.version = to,
                    }
                    insert_version(db, version + 1, &round, now, actor).await?;
                    let asked = ask_anew(db, id, form, anew).await?;
                    advance(db, Of::Inventory, generation).await?;
                    Ok((Moving::Done(asked), vec![audit.clone()]))
                })
            })
            .await?;
        self.reload_published().await?;
        Ok(done)
    }
}

/// A round as it stands, with the number of times that it has been changed.
pub(super) async fn standing(db: &Transaction, id: RoundId) -> Result<Option<(i32, Round)>, StoreError> {
    // The row of the round is the lock of its versions.
    let Some(row) = round::Entity::find_by_id(id.0).lock_exclusive().one(db).await? else { return Ok(None) };
    let newest = newest_versions(db, Some(id)).await?.remove(&id.0);
    let (version, text) = newest.map_or((0, row.definition), |row| (row.version, row.definition));
    let round = serde_json::from_str(&text).map_err(|_| StoreError::Corrupt("round"))?;
    Ok(Some((version, round)))
}

/// Adds how a round stands from now on.
pub(super) async fn insert_version(
    db: &Transaction,
    version: i32,
    round: &Round,
    now: i64,
    actor: Uuid,
) -> Result<(), StoreError> {
    let definition = serde_json::to_string(round).map_err(|_| StoreError::Corrupt("round"))?;
    let row = round_version::Model {
        round_id: round.id.0,
        version,
        definition,
        changed_at: now,
        changed_by: actor,
    };
    round_version::Entity::insert(row.into_active_model()).exec_without_returning(db).await?;
    Ok(())
}

/// The newest version of each round that has been changed, or of one.
pub(super) async fn newest_versions<C: ConnectionTrait>(
    db: &C,
    only: Option<RoundId>,
) -> Result<HashMap<Uuid, round_version::Model>, StoreError> {
    let mut query = round_version::Entity::find().order_by_asc(round_version::Column::Version);
    if let Some(id) = only {
        query = query.filter(round_version::Column::RoundId.eq(id.0));
    }
    Ok(query.all(db).await?.into_iter().map(|row| (row.round_id, row)).collect())
}

/// Marks answers as asked about, as staff do when they send one back. What was said stays. Whoever has said no to everything
/// has said no, in whatever words (GDPR art. 7.4).
async fn ask_anew(db: &Transaction, id: RoundId, form: &FormRef, acts: &[ActKey]) -> Result<u32, StoreError> {
    use act_answer::Column::{ActKey, FormKey, Outcome as Said, Returned, RoundId};
    if acts.is_empty() {
        return Ok(0);
    }
    let done = act_answer::Entity::update_many()
        .col_expr(Returned, Expr::value(true))
        .filter(RoundId.eq(id.0))
        .filter(FormKey.eq(form.key.as_str()))
        .filter(Said.ne(outcome_word(Outcome::Refused)))
        .filter(ActKey.is_in(acts.iter().map(|act| act.as_str())))
        .exec(db)
        .await?;
    Ok(u32::try_from(done.rows_affected).unwrap_or(u32::MAX))
}
