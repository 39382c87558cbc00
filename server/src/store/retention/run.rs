//! Looking through everything, and a run: part after part, noted with its counts.

use super::super::entity::retention_run;
use super::super::{AuditEntry, Store, StoreError, Transaction};
use super::part::{Part, Place, still_named};
use super::plan::Plan;
use super::{Counts, Desk};
use crate::store::classes::Rules;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect};
use skolstart_shared::{Date, Timestamp};
use std::collections::BTreeMap;
use std::sync::Arc;
use uuid::Uuid;

/// What a run would erase.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Expected {
    /// By class.
    pub due: Counts,
    /// By class, what is past its time and held.
    pub held: Counts,
}

/// A run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunRecord {
    /// The day that it was for.
    pub day: Date,
    /// When it began.
    pub started: Timestamp,
    /// When everything had been looked at. `None`: it was stopped.
    pub finished: Option<Timestamp>,
    /// What was erased.
    pub counts: Counts,
}

impl Store {
    /// What a run on `day` would erase, as things stand now. Changes nothing.
    ///
    /// # Errors
    /// When the database cannot be read, or a value was altered.
    pub async fn expect_erasure(&self, rules: &Arc<Rules>, day: Date) -> Result<Expected, StoreError> {
        let desk = Desk::new(self.db(), self, rules.clone(), day).await?;
        let (mut place, mut sum) = (Place::About(None), Expected::default());
        while !matches!(place, Place::End) {
            let (part, next) = place.next(self, &desk).await?;
            place = next;
            let Some(part) = part else { continue };
            let plan = part.plan(self.db(), &desk).await?;
            desk.absorb(&plan);
            sum.due.take(&plan.counts);
            sum.held.take(&plan.held);
        }
        Ok(sum)
    }

    /// Erases what is over today, or goes on with what was stopped. `told` hears what each part that lost something has lost; when it
    /// answers no, this stops there.
    ///
    /// # Errors
    /// When the database cannot be read or written; what was erased stays so, and the next run goes on.
    pub async fn erase_over(
        &self,
        rules: &Arc<Rules>,
        mut told: impl FnMut(&Counts) -> bool + Send,
    ) -> Result<RunRecord, StoreError> {
        let day = self.clock().today();
        let desk = Arc::new(Desk::new(self.db(), self, rules.clone(), day).await?);
        let run = self.begin_run(day).await?;
        // What a run before this one was stopped before.
        self.shred().await?;
        let mut place = Place::About(None);
        while !matches!(place, Place::End) {
            let (part, next) = place.next(self, &desk).await?;
            place = next;
            let Some(part) = part else { continue };
            let plan = part.plan(self.db(), &desk).await?;
            if plan.is_empty() {
                desk.absorb(&plan);
                continue;
            }
            let lost = self.erase_part(&desk, run, part).await?;
            if !lost.0.is_empty() && !told(&lost) {
                return self.run_of(run).await;
            }
        }
        self.end_run(run).await?;
        self.run_of(run).await
    }

    /// The newest runs.
    ///
    /// # Errors
    /// When they could not be read.
    pub async fn erasures(&self, most: u64) -> Result<Vec<RunRecord>, StoreError> {
        let query = retention_run::Entity::find().order_by_desc(retention_run::Column::StartedAt).limit(most);
        query.all(self.db()).await?.into_iter().map(record).collect()
    }

    /// True when a run for today, or a later day, has come to its end.
    ///
    /// # Errors
    /// When it could not be read.
    pub async fn has_erased_today(&self) -> Result<bool, StoreError> {
        let ended = retention_run::Entity::find()
            .filter(retention_run::Column::Day.gte(self.clock().today().to_string()))
            .filter(retention_run::Column::FinishedAt.is_not_null());
        Ok(ended.one(self.db()).await?.is_some())
    }

    /// One part in one transaction, worked out anew there.
    async fn erase_part(&self, desk: &Arc<Desk>, run: Uuid, part: Part) -> Result<Counts, StoreError> {
        let generation = self.ids().next()?;
        let work = Arc::new((desk.clone(), part));
        let plan = self
            .write(move |db| {
                let work = work.clone();
                Box::pin(async move {
                    let (desk, part) = &*work;
                    let desk = desk.again(db).await?;
                    let mut plan = part.plan(db, &desk).await?;
                    spare(db, &mut plan).await?;
                    plan.erase(db, &desk.sealer, generation).await?;
                    add_counts(db, run, &plan.counts).await?;
                    let noted =
                        plan.counts.0.iter().map(|(class, n)| note(run, "erase", format!("{class} {n}")));
                    let noted = noted.collect();
                    Ok((plan, noted))
                })
            })
            .await?;
        desk.absorb(&plan);
        self.shred().await?;
        Ok(plan.counts)
    }

    /// The run of this day that was stopped, or a new one.
    async fn begin_run(&self, day: Date) -> Result<Uuid, StoreError> {
        let (new, now) = (self.ids().next()?, self.clock().now());
        self.write(move |db| {
            Box::pin(async move {
                let stopped = retention_run::Entity::find()
                    .filter(retention_run::Column::FinishedAt.is_null())
                    .filter(retention_run::Column::Day.eq(day.to_string()))
                    .one(db)
                    .await?;
                if let Some(stopped) = stopped {
                    return Ok((stopped.id, Vec::new()));
                }
                let row = retention_run::Model {
                    id: new,
                    day: day.to_string(),
                    started_at: now.as_millis(),
                    finished_at: None,
                    counts: "{}".to_owned(),
                };
                retention_run::Entity::insert(row.into_active_model()).exec_without_returning(db).await?;
                Ok((new, vec![note(new, "begin-erasure", String::new())]))
            })
        })
        .await
    }

    async fn end_run(&self, run: Uuid) -> Result<(), StoreError> {
        let now = self.clock().now();
        self.write(move |db| {
            Box::pin(async move {
                retention_run::Entity::update_many()
                    .col_expr(retention_run::Column::FinishedAt, Expr::value(now.as_millis()))
                    .filter(retention_run::Column::Id.eq(run))
                    .exec(db)
                    .await?;
                Ok(((), vec![note(run, "end-erasure", String::new())]))
            })
        })
        .await
    }

    async fn run_of(&self, run: Uuid) -> Result<RunRecord, StoreError> {
        let row = retention_run::Entity::find_by_id(run).one(self.db()).await?;
        record(row.ok_or(StoreError::Corrupt("retention_run"))?)
    }
}

/// A person about whom a row is left stays, whatever the run believed.
async fn spare(db: &Transaction, plan: &mut Plan) -> Result<(), StoreError> {
    if plan.people.is_empty() {
        return Ok(());
    }
    let named = still_named(db, &plan.people).await?;
    plan.people.retain(|who| !named.contains(who));
    plan.counts = Counts::default();
    plan.counts.add("pupil-register", plan.people.len() as u64);
    Ok(())
}

async fn add_counts(db: &Transaction, run: Uuid, more: &Counts) -> Result<(), StoreError> {
    let Some(row) = retention_run::Entity::find_by_id(run).lock_exclusive().one(db).await? else {
        return Ok(());
    };
    let mut counts = record(row)?.counts;
    counts.take(more);
    let text = serde_json::to_string(&counts.0).map_err(|_| StoreError::Corrupt("retention_run"))?;
    retention_run::Entity::update_many()
        .col_expr(retention_run::Column::Counts, Expr::value(text))
        .filter(retention_run::Column::Id.eq(run))
        .exec(db)
        .await?;
    Ok(())
}

fn record(row: retention_run::Model) -> Result<RunRecord, StoreError> {
    let corrupt = || StoreError::Corrupt("retention_run");
    let counts: BTreeMap<String, u64> = serde_json::from_str(&row.counts).map_err(|_| corrupt())?;
    Ok(RunRecord {
        day: Date::parse_iso(&row.day).map_err(|_| corrupt())?,
        started: Timestamp::from_millis(row.started_at),
        finished: row.finished_at.map(Timestamp::from_millis),
        counts: Counts(counts),
    })
}

/// The trail says how many rows of which class a run took, where other entries name the request.
fn note(run: Uuid, action: &'static str, counted: String) -> AuditEntry {
    AuditEntry {
        acting_for: None,
        actor: None,
        action,
        object_kind: "retention-run",
        object_id: Some(run),
        purpose: "retention",
        outcome: "done",
        request_id: counted,
    }
}
