use super::record::{kind, seal};
use super::take::{clear, close};
use crate::policy::{ActionKind, Grant, HandleApplications};
use crate::store::Transaction;
use crate::store::changes::{ChangeLine, Changed, make};
use crate::store::entity::{application, application_event, fact, fact_snapshot};
use crate::store::refresh::Part;
use crate::store::submit::source_word;
use crate::store::{AuditEntry, PlannedFact, PlannedSnapshot, Store, StoreError, rows};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect};
use skolstart_shared::Timestamp;
use skolstart_shared::access::Role;
use skolstart_shared::api::{ApplicationEvent, TaskChangeIn};
use skolstart_shared::form::{ActKey, FormKey};
use skolstart_shared::id::{ApplicationId, ChangeId, PersonId, RoundId};
use std::sync::Arc;
use uuid::Uuid;

/// One thing to do with an application, checked against all that has happened with it.
pub struct StepPlan {
    /// Its id, made by the client.
    pub id: ChangeId,
    /// The application.
    pub application: ApplicationId,
    /// The child.
    pub child: PersonId,
    /// How many events there were. If there are more now, nothing is written.
    pub expected: usize,
    /// What happens.
    pub what: ApplicationEvent,
    /// When.
    pub at: Timestamp,
    /// Whether nothing more is expected after it.
    pub closes: bool,
    /// What becomes known, with the snapshot afterwards.
    pub known: Option<(Vec<PlannedFact>, PlannedSnapshot)>,
    /// Who has answered last is forgotten: what they applied for is taken back.
    pub unanswers: Option<Unanswered>,
}

/// The answers that no longer stand.
pub struct Unanswered {
    /// The round.
    pub round: RoundId,
    /// The form.
    pub form: FormKey,
    /// The act.
    pub act: ActKey,
}

/// What came of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepWritten {
    /// It is written, now or before.
    Done,
    /// Something else has happened meanwhile: look again.
    Moved,
    /// The id was used before for something else.
    Other,
}

/// A plan whose sensitive parts are sealed.
struct Sealed {
    plan: StepPlan,
    by: PersonId,
    event: Vec<u8>,
    facts: Vec<(Uuid, Vec<u8>)>,
    snapshot: Vec<u8>,
    part: Option<Part>,
    audit: AuditEntry,
}

impl Store {
    /// Writes a step: the event, what it makes known and the audit entry in one transaction.
    ///
    /// # Errors
    /// [`StoreError::Busy`] when it was not written; the same step may be made again.
    pub async fn write_step<A: ActionKind>(
        &self,
        grant: &Grant<A>,
        plan: StepPlan,
    ) -> Result<StepWritten, StoreError> {
        if grant.child() != Some(plan.child) {
            return Ok(StepWritten::Moved);
        }
        let sealed = Arc::new(self.seal_step(grant, plan)?);
        self.write(move |db| {
            let sealed = sealed.clone();
            Box::pin(async move {
                let written = write(db, &sealed).await?;
                let done = written == StepWritten::Done;
                Ok((written, if done { vec![sealed.audit.clone()] } else { Vec::new() }))
            })
        })
        .await
    }

    /// Asks about the answers of an application, or takes the questions back.
    ///
    /// # Errors
    /// As [`Self::write_step`].
    pub async fn ask_about(
        &self,
        grant: &Grant<HandleApplications>,
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
                Ok((changed, if changed == Changed::Done { vec![audit.clone()] } else { Vec::new() }))
            })
        })
        .await
    }

    fn seal_step<A: ActionKind>(&self, grant: &Grant<A>, plan: StepPlan) -> Result<Sealed, StoreError> {
        let sealer = self.sealer();
        let event = seal(sealer, plan.child, plan.id.0, &plan.what)?;
        let (mut facts, mut snapshot) = (Vec::new(), Vec::new());
        if let Some((known, after)) = &plan.known {
            for planned in known {
                let id = self.ids().next()?;
                let value =
                    serde_json::to_vec(&planned.entry.value).map_err(|_| StoreError::Corrupt("fact"))?;
                facts.push((id, sealer.seal_for(planned.subject.0, "fact", "value", id, &value)?));
            }
            let text =
                serde_json::to_vec(&after.snapshot).map_err(|_| StoreError::Corrupt("fact_snapshot"))?;
            let subject = after.subject.0;
            snapshot = sealer.seal_for(subject, "fact_snapshot", "sealed", subject, &text)?;
        }
        let part = match &plan.unanswers {
            Some(unanswered) => Part::of_child(self, unanswered.round, plan.child),
            None => None,
        };
        // What the pupil thinks, taken down by whoever handles it, is her word.
        let is_pupils = matches!(plan.what, ApplicationEvent::Pupil(_)) && grant.actor() != plan.child;
        let acting_for = is_pupils.then_some(plan.child);
        let audit = AuditEntry { acting_for, ..grant.audit("application", Some(plan.application.0)) };
        Ok(Sealed { by: grant.actor(), plan, event, facts, snapshot, part, audit })
    }
}

async fn write(db: &Transaction, sealed: &Sealed) -> Result<StepWritten, StoreError> {
    let plan = &sealed.plan;
    if let Some(part) = &sealed.part {
        part.lock(db).await?;
    }
    // Who comes at the same time in another process waits here, and then sees what has happened.
    let row = application::Entity::find_by_id(plan.application.0)
        .filter(application::Column::ChildId.eq(plan.child.0))
        .lock_exclusive()
        .one(db)
        .await?;
    if row.is_none() {
        return Ok(StepWritten::Moved);
    }
    if let Some(earlier) = application_event::Entity::find_by_id(plan.id.0).one(db).await? {
        // Its content was compared when the plan was made: only somebody else's is another.
        let same = earlier.application_id == plan.application.0 && earlier.by_id == sealed.by.0;
        return Ok(if same { StepWritten::Moved } else { StepWritten::Other });
    }
    let last: Option<i32> = application_event::Entity::find()
        .select_only()
        .column(application_event::Column::Seq)
        .filter(application_event::Column::ApplicationId.eq(plan.application.0))
        .order_by_desc(application_event::Column::Seq)
        .into_tuple()
        .one(db)
        .await?;
    let last = last.unwrap_or(0);
    if usize::try_from(last).ok() != Some(plan.expected) || !make_known(db, sealed).await? {
        return Ok(StepWritten::Moved);
    }
    let event = application_event::Model {
        id: plan.id.0,
        application_id: plan.application.0,
        seq: last + 1,
        kind: kind(&plan.what).to_owned(),
        by_id: sealed.by.0,
        at: plan.at.as_millis(),
        submission_id: None,
        sealed: sealed.event.clone(),
    };
    application_event::Entity::insert(event.into_active_model()).exec_without_returning(db).await?;
    if plan.closes {
        close(db, plan.application.0, plan.at.as_millis()).await?;
    }
    if let Some(gone) = &plan.unanswers {
        let of = (plan.child.0, gone.form.as_str(), gone.act.as_str());
        clear(db, of, gone.round.0, None).await?;
        if let Some(part) = &sealed.part {
            part.refresh(db).await?;
        }
    }
    Ok(StepWritten::Done)
}

/// False when something else has become known meanwhile.
async fn make_known(db: &Transaction, sealed: &Sealed) -> Result<bool, StoreError> {
    use fact_snapshot::Column::{Sealed as Text, SubjectId, Version};
    let Some((facts, after)) = &sealed.plan.known else { return Ok(true) };
    let version: Option<i32> = fact_snapshot::Entity::find_by_id(after.subject.0)
        .select_only()
        .column(Version)
        .lock_exclusive()
        .into_tuple()
        .one(db)
        .await?;
    if version.map_or(0, i32::unsigned_abs) != after.expected {
        return Ok(false);
    }
    let number = |version: u32| i32::try_from(version).unwrap_or(i32::MAX);
    let given = facts.iter().zip(&sealed.facts).map(|(planned, (id, value))| {
        let row = fact::Model {
            id: *id,
            subject_id: planned.subject.0,
            element: planned.element.0.clone(),
            value: value.clone(),
            source: source_word(planned.entry.source).to_owned(),
            by_id: planned.entry.by.map(|by| by.0),
            at: planned.entry.confirmed.as_millis(),
            version: number(planned.entry.version),
            submission_id: None,
        };
        row.into_active_model()
    });
    rows::insert::<fact::Entity>(db, given.collect()).await?;
    let row = fact_snapshot::Model {
        subject_id: after.subject.0,
        version: number(after.snapshot.version),
        sealed: sealed.snapshot.clone(),
    };
    let row = vec![row.into_active_model()];
    // A first snapshot is inserted and never overwritten: another process may have been faster.
    match after.expected {
        0 => rows::insert::<fact_snapshot::Entity>(db, row).await?,
        _ => rows::upsert::<fact_snapshot::Entity>(db, row, &[SubjectId], &[Version, Text]).await?,
    }
    Ok(true)
}
