//! Who has opened how many children today, and alarms about much at once.

use crate::policy::{ActionKind, Grant, HandleAlarms, ReadChild, Scope};
use crate::store::entity::{audit, bulk_alarm, duty};
use crate::store::refusals::REFUSED;
use crate::store::{AuditEntry, Store, StoreError, words};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect, Select, TryInsertResult,
};
use skolstart_shared::api::{AlarmKind, AlarmStep};
use skolstart_shared::id::{ChangeId, PersonId};
use skolstart_shared::{Date, Timestamp};
use uuid::Uuid;

/// An alarm.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AlarmRecord {
    /// Its id.
    pub id: ChangeId,
    /// Why.
    pub kind: AlarmKind,
    /// About whom.
    pub person: PersonId,
    /// The day.
    pub day: Date,
    /// How many children.
    pub children: u32,
    /// When it was raised.
    pub at: Timestamp,
    /// Who has looked at it.
    pub seen_by: Option<PersonId>,
    /// The person may go on.
    pub lifted: bool,
}

const KINDS: [(AlarmKind, &str); 4] = [
    (AlarmKind::Opened, "opened"),
    (AlarmKind::Stopped, STOPPED),
    (AlarmKind::Exported, "exported"),
    (AlarmKind::Refused, "refused"),
];
const STOPPED: &str = "stopped";

fn word(kind: AlarmKind) -> &'static str {
    KINDS.iter().find(|(known, _)| *known == kind).map_or("", |(_, word)| word)
}

impl Store {
    /// The children whose pages the actor has opened today, as the audit trail tells.
    ///
    /// # Errors
    /// When it could not be read.
    pub async fn opened_today(&self, grant: &Grant<ReadChild>) -> Result<Vec<PersonId>, StoreError> {
        use audit::Column::{Action, Actor, At, ObjectId, ObjectKind, Outcome};
        let since = self.clock().start_of(self.clock().today());
        let found: Vec<Uuid> = audit::Entity::find()
            .select_only()
            .column(ObjectId)
            .distinct()
            .filter(Actor.eq(grant.actor().0))
            .filter(At.gte(since.as_millis()))
            .filter(Action.eq(ReadChild::NAME))
            .filter(ObjectKind.eq("child"))
            .filter(Outcome.ne(REFUSED))
            .filter(ObjectId.is_not_null())
            .into_tuple()
            .all(self.db())
            .await?;
        Ok(found.into_iter().map(PersonId).collect())
    }

    /// True when somebody has looked at today's alarm about this person and let her go on.
    ///
    /// # Errors
    /// When it could not be read.
    pub async fn may_go_on(&self, grant: &Grant<ReadChild>) -> Result<bool, StoreError> {
        let stopped = alarm_of(grant.actor(), self.clock().today(), STOPPED).one(self.db()).await?;
        Ok(stopped.is_some_and(|row| row.lifted))
    }

    /// Raises an alarm about the actor, once a day for each kind. True for the first.
    ///
    /// # Errors
    /// When it could not be written.
    pub async fn raise_alarm<A: ActionKind>(
        &self,
        grant: &Grant<A>,
        kind: AlarmKind,
        children: u32,
    ) -> Result<bool, StoreError> {
        let (who, now, day) = (grant.actor(), self.clock().now(), self.clock().today());
        // Most often it is there: she goes on with what she does.
        if alarm_of(who, day, word(kind)).one(self.db()).await?.is_some() {
            return Ok(false);
        }
        let id = self.ids().next()?;
        let outcome = match kind {
            AlarmKind::Opened | AlarmKind::Exported => "done",
            AlarmKind::Stopped | AlarmKind::Refused => "refused",
        };
        let entry = AuditEntry { action: "alarm", outcome, ..grant.audit("alarm", Some(id)) };
        let row = bulk_alarm::Model {
            id,
            kind: word(kind).to_owned(),
            person_id: who.0,
            day: day.to_string(),
            children: i32::try_from(children).unwrap_or(i32::MAX),
            at: now.as_millis(),
            seen_by: None,
            seen_at: None,
            lifted: false,
        };
        self.write(move |db| {
            let (row, entry) = (row.clone(), entry.clone());
            Box::pin(async move {
                // Another process may be faster: the index lets one of them in.
                use bulk_alarm::Column::{Day, Kind, PersonId};
                let insert = bulk_alarm::Entity::insert(row.into_active_model());
                let insert = insert.on_conflict_do_nothing_on([PersonId, Day, Kind]);
                let written = insert.exec_without_returning(db).await?;
                let first = matches!(written, TryInsertResult::Inserted(1));
                Ok((first, if first { vec![entry] } else { Vec::new() }))
            })
        })
        .await
    }

    /// Alarms since a day about those whom the caller leads; all of them for the municipality. Newest first.
    ///
    /// # Errors
    /// When they could not be read.
    pub async fn alarms(
        &self,
        grant: &Grant<HandleAlarms>,
        since: Date,
    ) -> Result<Vec<AlarmRecord>, StoreError> {
        use bulk_alarm::Column::{At, Day, PersonId};
        let mut query = bulk_alarm::Entity::find().filter(Day.gte(since.to_string())).order_by_desc(At);
        if let Some(people) = self.led_by(grant).await? {
            query = query.filter(PersonId.is_in(people));
        }
        query.all(self.db()).await?.into_iter().map(record).collect()
    }

    /// Those with a duty today at the units of the grant. `None`: everybody.
    async fn led_by(&self, grant: &Grant<HandleAlarms>) -> Result<Option<Vec<Uuid>>, StoreError> {
        let Scope::Units(units) = grant.scope() else { return Ok(None) };
        let today = self.clock().today();
        let rows = duty::Entity::find()
            .filter(duty::Column::UnitId.is_in(units.iter().map(|unit| unit.0)))
            .all(self.db())
            .await?;
        let now = rows
            .into_iter()
            .filter(|row| words::holds(row.from_day.as_deref(), row.to_day.as_deref(), today));
        Ok(Some(crate::store::rows::distinct(now.map(|row| row.person_id))))
    }

    /// Marks an alarm about somebody else as looked at, or lifts the stop that it tells of. False: there is none that is the
    /// caller's, or nothing was stopped.
    ///
    /// # Errors
    /// When it could not be written.
    pub async fn mark_alarm(
        &self,
        grant: &Grant<HandleAlarms>,
        id: ChangeId,
        step: AlarmStep,
    ) -> Result<bool, StoreError> {
        let led = self.led_by(grant).await?;
        let (me, now) = (grant.actor(), self.clock().now());
        let entry = grant.audit("alarm", Some(id.0));
        self.write(move |db| {
            let (led, entry) = (led.clone(), entry.clone());
            Box::pin(async move {
                let found = bulk_alarm::Entity::find_by_id(id.0).lock_exclusive().one(db).await?;
                let is_mine = |row: &bulk_alarm::Model| {
                    row.person_id != me.0 && led.as_ref().is_none_or(|led| led.contains(&row.person_id))
                };
                // Only a stop can be lifted.
                let can_be = |row: &bulk_alarm::Model| step != AlarmStep::Lift || row.kind == STOPPED;
                let found = found.filter(|row| is_mine(row) && can_be(row));
                let Some(row) = found else { return Ok((false, Vec::new())) };
                let lifted = row.lifted || step == AlarmStep::Lift;
                if row.seen_by.is_some() && lifted == row.lifted {
                    return Ok((true, Vec::new()));
                }
                bulk_alarm::Entity::update_many()
                    .col_expr(bulk_alarm::Column::SeenBy, Expr::value(Some(me.0)))
                    .col_expr(bulk_alarm::Column::SeenAt, Expr::value(Some(now.as_millis())))
                    .col_expr(bulk_alarm::Column::Lifted, Expr::value(lifted))
                    .filter(bulk_alarm::Column::Id.eq(id.0))
                    .exec(db)
                    .await?;
                Ok((true, vec![entry]))
            })
        })
        .await
    }
}

fn alarm_of(who: PersonId, day: Date, kind: &str) -> Select<bulk_alarm::Entity> {
    use bulk_alarm::Column::{Day, Kind, PersonId};
    let of_day = bulk_alarm::Entity::find().filter(PersonId.eq(who.0)).filter(Day.eq(day.to_string()));
    of_day.filter(Kind.eq(kind))
}

fn record(row: bulk_alarm::Model) -> Result<AlarmRecord, StoreError> {
    let corrupt = || StoreError::Corrupt("bulk_alarm");
    let kind = KINDS.iter().find(|(_, word)| *word == row.kind).map(|(kind, _)| *kind).ok_or_else(corrupt)?;
    Ok(AlarmRecord {
        id: ChangeId(row.id),
        kind,
        person: PersonId(row.person_id),
        day: Date::parse_iso(&row.day).map_err(|_| corrupt())?,
        children: u32::try_from(row.children).unwrap_or(0),
        at: Timestamp::from_millis(row.at),
        seen_by: row.seen_by.map(PersonId),
        lifted: row.lifted,
    })
}
