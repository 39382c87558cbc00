//! Who was touched in a period, by whom and how: for the report after an incident. Called by `skolstart incident`, which only
//! whoever runs the program can.

use super::entity::audit;
use super::read::persons_of;
use super::refusals::REFUSED;
use super::rows::distinct;
use super::{AuditEntry, PersonRecord, Store, StoreError};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use skolstart_shared::Timestamp;
use skolstart_shared::id::PersonId;
use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;

/// What one person did to another in the period.
#[derive(Clone, Debug)]
pub struct Touched {
    /// Who was read or changed.
    pub person: PersonId,
    /// Who did it. `None`: an operator or the program.
    pub actor: Option<PersonId>,
    /// On whose behalf, where it was somebody else's word or right.
    pub acting_for: Option<PersonId>,
    /// True for what was refused: nothing was shown or changed.
    pub refused: bool,
    /// What, as in the audit trail.
    pub action: String,
    /// In what capacity.
    pub purpose: String,
    /// How many times.
    pub times: u64,
    /// The first time.
    pub first: Timestamp,
    /// The last.
    pub last: Timestamp,
}

/// Whom, who, for whom, what, in what capacity, and whether it was refused.
type Key = (Uuid, Option<Uuid>, Option<Uuid>, String, String, bool);

/// Rows of the trail read at a time.
const PAGE: u64 = 10_000;

impl Store {
    /// What was read or changed about persons from one time until another, by one actor or by anybody, and who they all are.
    ///
    /// # Errors
    /// When it could not be read, or the reading not noted.
    pub async fn touched(
        &self,
        (from, until): (Timestamp, Timestamp),
        by: Option<PersonId>,
    ) -> Result<(Vec<Touched>, HashMap<PersonId, PersonRecord>), StoreError> {
        self.note(vec![AuditEntry {
            acting_for: None,
            actor: None,
            action: "incident",
            object_kind: "audit",
            object_id: None,
            purpose: "operator",
            outcome: "done",
            request_id: String::new(),
        }])
        .await?;
        let mut found: BTreeMap<Key, Touched> = BTreeMap::new();
        let mut skip = 0;
        loop {
            let mut query = audit::Entity::find()
                .filter(audit::Column::At.gte(from.as_millis()))
                .filter(audit::Column::At.lt(until.as_millis()))
                .filter(audit::Column::ObjectId.is_not_null());
            if let Some(by) = by {
                query = query.filter(audit::Column::Actor.eq(by.0));
            }
            let ordered = query.order_by_asc(audit::Column::At).order_by_asc(audit::Column::Chain);
            let page =
                ordered.order_by_asc(audit::Column::Seq).offset(skip).limit(PAGE).all(self.db()).await?;
            if page.is_empty() {
                break;
            }
            skip += PAGE;
            page.into_iter().for_each(|row| add(&mut found, row));
        }
        self.only_persons(found.into_values().collect()).await
    }

    /// What the trail tells of is also groups and applications: those are left out.
    async fn only_persons(
        &self,
        mut touched: Vec<Touched>,
    ) -> Result<(Vec<Touched>, HashMap<PersonId, PersonRecord>), StoreError> {
        let ids = distinct(
            touched
                .iter()
                .flat_map(|line| [Some(line.person), line.actor, line.acting_for])
                .flatten()
                .map(|id| id.0),
        );
        let known = persons_of(self, &ids).await?;
        touched.retain(|line| known.contains_key(&line.person));
        Ok((touched, known))
    }
}

fn add(found: &mut BTreeMap<Key, Touched>, row: audit::Model) {
    let Some(object) = row.object_id else { return };
    let (at, refused) = (Timestamp::from_millis(row.at), row.outcome == REFUSED);
    let key = (object, row.actor, row.acting_for, row.action.clone(), row.purpose.clone(), refused);
    let line = found.entry(key).or_insert_with(|| Touched {
        person: PersonId(object),
        actor: row.actor.map(PersonId),
        acting_for: row.acting_for.map(PersonId),
        refused,
        action: row.action,
        purpose: row.purpose,
        times: 0,
        first: at,
        last: at,
    });
    line.times += 1;
    line.last = at;
}
