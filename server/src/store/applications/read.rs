use super::record::{ApplicationRecord, of_children, records};
use crate::policy::{Grant, HandleApplications, Principal, Scope};
use crate::store::answers::{Answers, Rounds};
use crate::store::changes::{ChangeLine, changes};
use crate::store::entity::{application, enrolment};
use crate::store::read::{child_records_of, persons_of};
use crate::store::rows::distinct;
use crate::store::{ChildRecord, PersonRecord, Store, StoreError, known, words};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect};
use skolstart_shared::fact::Snapshot;
use skolstart_shared::id::{PersonId, SubmissionId, UnitId};
use skolstart_shared::submission::SubmissionContent;
use skolstart_shared::{Date, Timestamp};
use std::collections::HashMap;
use uuid::Uuid;

/// Applications with all that their state follows from.
#[derive(Default)]
pub struct ApplicationList {
    /// The applications, oldest first.
    pub applications: Vec<ApplicationRecord>,
    /// The children, by id.
    pub children: HashMap<PersonId, ChildRecord>,
    /// The children and those who decide for them, and everybody who has done something.
    pub people: HashMap<PersonId, PersonRecord>,
    /// What has been answered about the children, in every round.
    pub answers: Answers,
    /// What was sent, as far as somebody must look at it.
    pub contents: HashMap<SubmissionId, SubmissionContent>,
}

/// One application of a child, among all of the child's.
pub struct ApplicationFile {
    /// All of the child's.
    pub list: ApplicationList,
    /// What has been asked about the child's answers, oldest first.
    pub changes: Vec<ChangeLine>,
    /// What is known about the child.
    pub snapshot: Snapshot,
}

impl Store {
    /// The applications that the grant reaches: open ones, and those closed since `since`. `looks_into`: whether what was
    /// answered in one decides what comes next.
    ///
    /// # Errors
    /// When the database cannot be read, or a sealed value was altered.
    pub async fn applications(
        &self,
        grant: &Grant<HandleApplications>,
        since: Timestamp,
        today: Date,
        looks_into: &(dyn Fn(&ApplicationRecord) -> bool + Send + Sync),
    ) -> Result<ApplicationList, StoreError> {
        let lately = Condition::any()
            .add(application::Column::ClosedAt.is_null())
            .add(application::Column::ClosedAt.gte(since.as_millis()));
        let mut query = application::Entity::find().filter(lately);
        match grant.scope() {
            Scope::Municipality => {}
            Scope::Units(units) => {
                let children = self.children_at(units, today).await?;
                query = query.filter(application::Column::ChildId.is_in(children));
            }
            _ => return Ok(ApplicationList::default()),
        }
        let found = records(self.db(), self.sealer(), query.all(self.db()).await?).await?;
        // What was granted earlier can decide who decides now.
        let asked = found.iter().filter(|record| record.closed.is_none() && looks_into(record));
        let asked = distinct(asked.map(|record| record.child.0));
        let all = of_children(self.db(), self.sealer(), &asked).await?;
        let looked: Vec<&ApplicationRecord> = all.iter().filter(|record| looks_into(record)).collect();
        let contents = self.contents_of(&looked).await?;
        let mut list = self.around(found, today).await?;
        list.contents = contents;
        let known: Vec<_> = list.applications.iter().map(|record| record.id).collect();
        list.applications.extend(all.into_iter().filter(|record| !known.contains(&record.id)));
        Ok(list)
    }

    /// Everything about the applications of the child of the grant.
    ///
    /// # Errors
    /// As [`Self::applications`].
    pub async fn application(
        &self,
        grant: &Grant<HandleApplications>,
        today: Date,
    ) -> Result<Option<ApplicationFile>, StoreError> {
        let Some(child) = grant.child() else { return Ok(None) };
        let found = of_children(self.db(), self.sealer(), &[child.0]).await?;
        let contents = self.contents_of(&found.iter().collect::<Vec<_>>()).await?;
        let mut list = self.around(found, today).await?;
        list.contents = contents;
        let changes = changes(self.db(), self.sealer(), &[child.0]).await?;
        let mut snapshots = known::snapshots(self.db(), self.sealer(), &[child.0]).await?;
        Ok(Some(ApplicationFile { list, changes, snapshot: snapshots.remove(&child).unwrap_or_default() }))
    }

    /// The applications of the principal's children that she has signed herself. For a pupil: all about her; which of them she
    /// sees is for the caller to say.
    ///
    /// # Errors
    /// As [`Self::applications`].
    pub async fn own_applications(&self, me: &Principal, today: Date) -> Result<ApplicationList, StoreError> {
        let children: Vec<Uuid> = me.children().iter().map(|child| child.0).collect();
        let mut found = of_children(self.db(), self.sealer(), &children).await?;
        found.retain(|record| me.is_pupil() || record.applied().any(|(by, ..)| by == me.person()));
        // Nearly always there is none.
        if found.is_empty() {
            return Ok(ApplicationList::default());
        }
        // A guardian knows what she has sent.
        let looked: Vec<&ApplicationRecord> = found.iter().filter(|_| me.is_pupil()).collect();
        let contents = self.contents_of(&looked).await?;
        Ok(ApplicationList { contents, ..self.around(found, today).await? })
    }

    /// What was sent in these applications.
    ///
    /// # Errors
    /// When the database cannot be read, or a sealed value was altered.
    pub(in crate::store) async fn contents_of(
        &self,
        applications: &[&ApplicationRecord],
    ) -> Result<HashMap<SubmissionId, SubmissionContent>, StoreError> {
        let sent = applications.iter().flat_map(|record| record.applied()).map(|(.., id)| id.0);
        let sent = distinct(sent);
        if sent.is_empty() { Ok(HashMap::new()) } else { self.contents(&sent).await }
    }

    async fn around(
        &self,
        applications: Vec<ApplicationRecord>,
        today: Date,
    ) -> Result<ApplicationList, StoreError> {
        let ids = distinct(applications.iter().map(|record| record.child.0));
        let children = child_records_of(self, &ids, today).await?;
        let actors = applications.iter().flat_map(|record| record.events.iter().map(|event| event.by.0));
        let guardians = children.iter().flat_map(|child| child.guardians.iter().map(|guardian| guardian.0));
        let people = persons_of(self, &distinct(ids.iter().copied().chain(actors).chain(guardians))).await?;
        let answers = Answers::about(self.db(), &ids, Rounds::All).await?;
        let children = children.into_iter().map(|child| (child.id, child)).collect();
        Ok(ApplicationList { applications, children, people, answers, contents: HashMap::new() })
    }

    pub(in crate::store) async fn children_at(
        &self,
        units: &[UnitId],
        today: Date,
    ) -> Result<Vec<Uuid>, StoreError> {
        let here = enrolment::Column::UnitId.is_in(units.iter().map(|unit| unit.0));
        let rows: Vec<(Uuid, Option<String>)> = enrolment::Entity::find()
            .select_only()
            .columns([enrolment::Column::ChildId, enrolment::Column::ToDay])
            .filter(here)
            .into_tuple()
            .all(self.db())
            .await?;
        let going = rows.into_iter().filter(|(_, to)| words::not_ended(to.as_deref(), today));
        Ok(distinct(going.map(|(child, _)| child)))
    }
}
