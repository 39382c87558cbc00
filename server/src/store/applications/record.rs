use crate::store::entity::{application, application_event};
use crate::store::rows::MOST_IDS;
use crate::store::{Sealer, StoreError};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use skolstart_shared::Timestamp;
use skolstart_shared::api::ApplicationEvent;
use skolstart_shared::application::{Decided, Happened, PupilView};
use skolstart_shared::form::{ActKey, FormKey, FormRef};
use skolstart_shared::id::{ApplicationId, ChangeId, PersonId, RoundId, SubmissionId};
use std::collections::HashMap;
use uuid::Uuid;

/// One application with everything that has happened with it.
#[derive(Clone, Debug)]
pub struct ApplicationRecord {
    /// Its id.
    pub id: ApplicationId,
    /// The child.
    pub child: PersonId,
    /// The round that it was answered in.
    pub round: RoundId,
    /// The form in the version that it was begun in.
    pub form: FormRef,
    /// The act.
    pub act: ActKey,
    /// When it came.
    pub opened: Timestamp,
    /// When it was decided, taken back or replaced.
    pub closed: Option<Timestamp>,
    /// What has happened, oldest first.
    pub events: Vec<EventRecord>,
}

/// Something that has happened with an application.
#[derive(Clone, Debug)]
pub struct EventRecord {
    /// Its id.
    pub id: ChangeId,
    /// Who.
    pub by: PersonId,
    /// When.
    pub at: Timestamp,
    /// What.
    pub what: ApplicationEvent,
}

impl ApplicationRecord {
    /// What its state follows from, in order.
    pub fn happened(&self) -> Vec<Happened> {
        let events = self.events.iter().filter_map(|event| match &event.what {
            ApplicationEvent::Applied(_) => Some(Happened::Applied),
            ApplicationEvent::Opinion(_) => Some(Happened::Opinion),
            ApplicationEvent::Decided(decided) => Some(Happened::Decided(decided.decision.outcome)),
            ApplicationEvent::Withdrawn => Some(Happened::Withdrawn),
            ApplicationEvent::Superseded => Some(Happened::Superseded),
            ApplicationEvent::Read | ApplicationEvent::Pupil(_) => None,
        });
        events.collect()
    }

    /// Who applied, when and in what submission, oldest first.
    pub fn applied(&self) -> impl DoubleEndedIterator<Item = (PersonId, Timestamp, SubmissionId)> {
        self.events.iter().filter_map(|event| match event.what {
            ApplicationEvent::Applied(submission) => Some((event.by, event.at, submission)),
            _ => None,
        })
    }

    /// The decision that was made last.
    pub fn decided(&self) -> Option<(&EventRecord, &Decided)> {
        self.events.iter().rev().find_map(|event| match &event.what {
            ApplicationEvent::Decided(decided) => Some((event, decided)),
            _ => None,
        })
    }

    /// What the pupil last said about what is applied for now: somebody who applies anew after it may ask for something else,
    /// and then she has not been asked. Who signs for the first time after it signs what she was asked about.
    pub fn pupil(&self) -> Option<&PupilView> {
        Some(self.pupil_said()?.1)
    }

    /// The same, with when and by whom it was noted.
    pub fn pupil_said(&self) -> Option<(&EventRecord, &PupilView)> {
        let mut said = self.events.iter().enumerate().rev().filter_map(|(at, event)| match &event.what {
            ApplicationEvent::Pupil(view) => Some((at, (event, view))),
            _ => None,
        });
        let (at, said) = said.next()?;
        let (before, since) = self.events.split_at(at);
        let applied = |event: &&EventRecord| matches!(event.what, ApplicationEvent::Applied(_));
        let is_changed = since
            .iter()
            .filter(applied)
            .any(|anew| before.iter().filter(applied).any(|event| event.by == anew.by));
        (!is_changed).then_some(said)
    }

    /// True for an application to the same act.
    pub fn is_like(&self, other: &Self) -> bool {
        (self.child, &self.form.key, &self.act) == (other.child, &other.form.key, &other.act)
    }
}

/// All applications about these children, oldest first.
pub(in crate::store) async fn of_children<C: ConnectionTrait>(
    db: &C,
    sealer: &Sealer,
    children: &[Uuid],
) -> Result<Vec<ApplicationRecord>, StoreError> {
    let mut rows = Vec::new();
    for part in children.chunks(MOST_IDS) {
        let about = application::Column::ChildId.is_in(part.iter().copied());
        rows.extend(application::Entity::find().filter(about).all(db).await?);
    }
    records(db, sealer, rows).await
}

/// The records of these rows, oldest first.
pub(in crate::store) async fn records<C: ConnectionTrait>(
    db: &C,
    sealer: &Sealer,
    mut rows: Vec<application::Model>,
) -> Result<Vec<ApplicationRecord>, StoreError> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    rows.sort_by_key(|row| (row.opened_at, row.id));
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let mut events: HashMap<Uuid, Vec<EventRecord>> = HashMap::new();
    for part in ids.chunks(MOST_IDS) {
        let query = application_event::Entity::find()
            .filter(application_event::Column::ApplicationId.is_in(part.iter().copied()))
            .order_by_asc(application_event::Column::ApplicationId)
            .order_by_asc(application_event::Column::Seq);
        for row in query.all(db).await? {
            events.entry(row.application_id).or_default().push(event(sealer, &row)?);
        }
    }
    Ok(rows.into_iter().map(|row| record(row, &mut events)).collect())
}

fn record(row: application::Model, events: &mut HashMap<Uuid, Vec<EventRecord>>) -> ApplicationRecord {
    ApplicationRecord {
        id: ApplicationId(row.id),
        child: PersonId(row.child_id),
        round: RoundId(row.round_id),
        form: FormRef { key: FormKey(row.form_key), version: row.form_version.unsigned_abs() },
        act: ActKey(row.act_key),
        opened: Timestamp::from_millis(row.opened_at),
        closed: row.closed_at.map(Timestamp::from_millis),
        events: events.remove(&row.id).unwrap_or_default(),
    }
}

fn event(sealer: &Sealer, row: &application_event::Model) -> Result<EventRecord, StoreError> {
    let corrupt = || StoreError::Corrupt("application_event");
    let what = match row.kind.as_str() {
        APPLIED => ApplicationEvent::Applied(SubmissionId(row.submission_id.ok_or_else(corrupt)?)),
        "withdrawn" => ApplicationEvent::Withdrawn,
        SUPERSEDED => ApplicationEvent::Superseded,
        "read" => ApplicationEvent::Read,
        _ => {
            let plain =
                sealer.open("application_event", "sealed", row.id, &row.sealed).map_err(|_| corrupt())?;
            serde_json::from_slice(&plain).map_err(|_| corrupt())?
        }
    };
    let at = Timestamp::from_millis(row.at);
    Ok(EventRecord { id: ChangeId(row.id), by: PersonId(row.by_id), at, what })
}

pub(super) const APPLIED: &str = "applied";
pub(super) const SUPERSEDED: &str = "superseded";

/// The word for an event in the database.
pub(super) fn kind(what: &ApplicationEvent) -> &'static str {
    match what {
        ApplicationEvent::Applied(_) => APPLIED,
        ApplicationEvent::Opinion(_) => "opinion",
        ApplicationEvent::Pupil(_) => "pupil",
        ApplicationEvent::Decided(_) => "decided",
        ApplicationEvent::Withdrawn => "withdrawn",
        ApplicationEvent::Superseded => SUPERSEDED,
        ApplicationEvent::Read => "read",
    }
}

/// What is sealed of an event: opinions, what a pupil says, and decisions.
pub(super) fn seal(
    sealer: &Sealer,
    child: PersonId,
    id: Uuid,
    what: &ApplicationEvent,
) -> Result<Vec<u8>, StoreError> {
    let is_said = matches!(
        what,
        ApplicationEvent::Opinion(_) | ApplicationEvent::Pupil(_) | ApplicationEvent::Decided(_)
    );
    if !is_said {
        return Ok(Vec::new());
    }
    let plain = serde_json::to_vec(what).map_err(|_| StoreError::Corrupt("application_event"))?;
    sealer.seal_for(child.0, "application_event", "sealed", id, &plain)
}
