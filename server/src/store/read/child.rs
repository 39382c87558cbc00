use super::home::{ChildRecord, by_child, child_records};
use super::person::{PersonRecord, persons};
use crate::policy::{Grant, ReadChild};
use crate::store::answers::{Answers, Rounds};
use crate::store::changes::{ChangeLine, changes};
use crate::store::entity::{guardian_relation, person_identifier};
use crate::store::rows::distinct;
use crate::store::{Store, StoreError, known, words};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use skolstart_shared::consent::ConsentDecision;
use skolstart_shared::fact::Snapshot;
use skolstart_shared::form::{ActKey, FormKey};
use skolstart_shared::id::{PersonId, SubmissionId};
use skolstart_shared::people::RelationKind;
use skolstart_shared::round::{Round, TaskStatus};
use skolstart_shared::submission::SubmissionContent;
use skolstart_shared::{Date, PersonalNumber};
use std::collections::HashMap;
use uuid::Uuid;

/// An act of the child, as it is stored.
pub type StaffTask = ((FormKey, ActKey), TaskStatus);

/// Everything that staff may see of one child.
pub struct ChildFile {
    /// The child.
    pub child: ChildRecord,
    /// The personal number, opened; to be shown masked.
    pub personal_number: Option<PersonalNumber>,
    /// Relations that hold today, of those who decide.
    pub relations: HashMap<PersonId, RelationKind>,
    /// Everybody who decides for the child or has given a value, by id.
    pub people: HashMap<PersonId, PersonRecord>,
    /// What is known about the child and those who decide.
    pub snapshots: HashMap<PersonId, Snapshot>,
    /// Latest answers in each round.
    pub answers: Answers,
    /// What was sent in answers that guardians had to agree on and did not.
    pub sent: HashMap<SubmissionId, SubmissionContent>,
    /// What staff have done to the tasks, oldest first.
    pub changes: Vec<ChangeLine>,
    /// All decisions.
    pub decisions: Vec<ConsentDecision>,
    /// The words of limits, by decision.
    pub limits: HashMap<i64, String>,
    /// The acts and how far they have come.
    pub tasks: Vec<StaffTask>,
}

impl Store {
    /// The child of the grant.
    ///
    /// # Errors
    /// When the database cannot be read, or a sealed value was altered.
    pub async fn child(
        &self,
        grant: &Grant<ReadChild>,
        round: Option<&Round>,
        today: Date,
    ) -> Result<Option<ChildFile>, StoreError> {
        let (db, Some(id)) = (self.db(), grant.child()) else { return Ok(None) };
        let Some(child) = child_records(self, &[id.0], today).await?.pop() else { return Ok(None) };
        let family: Vec<Uuid> = child.guardians.iter().copied().chain([id]).map(|person| person.0).collect();
        let snapshots = known::snapshots(db, self.sealer(), &family).await?;
        let entries = snapshots.values().flat_map(|snapshot| snapshot.entries.values().flatten());
        let changes = changes(db, self.sealer(), &[id.0]).await?;
        let givers = entries.filter_map(|entry| entry.by).chain(changes.iter().map(|line| line.by));
        let people = distinct(givers.map(|by| by.0).chain(family.iter().copied()));
        let tasks = super::group::tasks(db, &[id.0], round.map(|round| round.id))
            .await?
            .into_iter()
            .filter_map(|row| {
                Some(((FormKey(row.form_key), ActKey(row.act_key)), TaskStatus::from_name(&row.status)?))
            });
        let tasks: Vec<StaffTask> = tasks.collect();
        let answers = Answers::about(db, &family, Rounds::All).await?;
        let decided = self.latest_decisions(vec![id.0]).await?;
        Ok(Some(ChildFile {
            personal_number: self.personal_number(id).await?,
            relations: self.relations(&child, today).await?,
            people: persons(self, &people).await?,
            sent: self.differing(id, round, &answers, &tasks).await?,
            answers,
            limits: self.limits(&decided).await?,
            decisions: by_child(&decided)?.remove(&id).unwrap_or_default(),
            tasks,
            changes,
            snapshots,
            child,
        }))
    }

    /// What was sent in these answers about the child of the grant.
    ///
    /// # Errors
    /// As [`Self::child`].
    pub async fn sent_to_staff(
        &self,
        _grant: &Grant<ReadChild>,
        sent: &[SubmissionId],
    ) -> Result<HashMap<SubmissionId, SubmissionContent>, StoreError> {
        if sent.is_empty() {
            return Ok(HashMap::new());
        }
        self.contents(&distinct(sent.iter().map(|id| id.0))).await
    }

    async fn differing(
        &self,
        child: PersonId,
        round: Option<&Round>,
        answers: &Answers,
        tasks: &[StaffTask],
    ) -> Result<HashMap<SubmissionId, SubmissionContent>, StoreError> {
        let published = self.published();
        let acts = round.into_iter().flat_map(|round| published.acts_of(round).map(move |act| (round, act)));
        let mut sent = Vec::new();
        for (round, (form, act)) in acts {
            let is_conflict = |((of, key), status): &StaffTask| {
                *of == form.key && *key == act.key && *status == TaskStatus::Conflict
            };
            if tasks.iter().any(is_conflict) {
                sent.extend(answers.of(child, round.id, &form.key, act).iter().map(|(_, id)| id.0));
            }
        }
        if sent.is_empty() { Ok(HashMap::new()) } else { self.contents(&distinct(sent)).await }
    }

    async fn relations(
        &self,
        child: &ChildRecord,
        today: Date,
    ) -> Result<HashMap<PersonId, RelationKind>, StoreError> {
        let to_child = guardian_relation::Column::ChildId.eq(child.id.0);
        let rows = guardian_relation::Entity::find().filter(to_child).all(self.db()).await?;
        let holding =
            rows.iter().filter(|row| words::holds(row.from_day.as_deref(), row.to_day.as_deref(), today));
        let relations =
            holding.filter_map(words::relation).filter(|relation| child.guardians.contains(&relation.adult));
        Ok(relations.map(|relation| (relation.adult, relation.kind)).collect())
    }

    async fn personal_number(&self, of: PersonId) -> Result<Option<PersonalNumber>, StoreError> {
        let rows = person_identifier::Entity::find()
            .filter(person_identifier::Column::PersonId.eq(of.0))
            .order_by_desc(person_identifier::Column::ValidFrom)
            .all(self.db())
            .await?;
        for row in rows {
            let sealed = self.sealer().open_for(of.0, "person_identifier", "sealed", row.id, &row.sealed);
            let plain = sealed.map_err(|_| StoreError::Corrupt("person_identifier"))?;
            let text = std::str::from_utf8(&plain).unwrap_or_default();
            if let Ok(number) = PersonalNumber::parse_stored(text) {
                return Ok(Some(number));
            }
        }
        Ok(None)
    }
}
