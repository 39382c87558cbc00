use super::home::child_records;
use super::person::{PersonRecord, persons};
use crate::policy::{AnswerForSchool, Grant, ReadHome, Scope};
use crate::store::answers::{Answers, Rounds};
use crate::store::rows::distinct;
use crate::store::{ChildRecord, Store, StoreError, known};
use skolstart_shared::Date;
use skolstart_shared::fact::Snapshot;
use skolstart_shared::form::FormKey;
use skolstart_shared::id::{PersonId, SubmissionId};
use skolstart_shared::submission::SubmissionContent;
use std::collections::HashMap;
use uuid::Uuid;

/// A child with all that has been answered about it.
pub struct SchoolFile {
    /// The child.
    pub child: ChildRecord,
    /// Those who decide for it.
    pub people: HashMap<PersonId, PersonRecord>,
    /// What is known about it.
    pub snapshot: Snapshot,
    /// The latest answers, in every round.
    pub answers: Answers,
}

/// Children with what has been answered in some forms.
#[derive(Default)]
pub struct SchoolList {
    /// The children.
    pub children: Vec<ChildRecord>,
    /// They and those who decide for them.
    pub people: HashMap<PersonId, PersonRecord>,
    /// The latest answers in the forms, in every round.
    pub answers: Answers,
}

impl Store {
    /// The children at the units of the grant, with what has been answered about them in these forms.
    ///
    /// # Errors
    /// As [`Self::school_file`].
    pub async fn school_list(
        &self,
        grant: &Grant<AnswerForSchool>,
        forms: &[FormKey],
        today: Date,
    ) -> Result<SchoolList, StoreError> {
        let Scope::Units(units) = grant.scope() else { return Ok(SchoolList::default()) };
        let ids = self.children_at(units, today).await?;
        let children = child_records(self, &ids, today).await?;
        let guardians = children.iter().flat_map(|child| child.guardians.iter().map(|guardian| guardian.0));
        let people = persons(self, &distinct(ids.iter().copied().chain(guardians))).await?;
        let answers = Answers::in_forms(self.db(), &ids, forms).await?;
        Ok(SchoolList { children, people, answers })
    }

    /// The child of the grant.
    ///
    /// # Errors
    /// When the database cannot be read, or a sealed value was altered.
    pub async fn school_file(
        &self,
        grant: &Grant<AnswerForSchool>,
        today: Date,
    ) -> Result<Option<SchoolFile>, StoreError> {
        let Some(of) = grant.child() else { return Ok(None) };
        let Some(child) = child_records(self, &[of.0], today).await?.pop() else { return Ok(None) };
        let family: Vec<Uuid> = distinct(child.guardians.iter().map(|guardian| guardian.0).chain([of.0]));
        let people = persons(self, &family).await?;
        let mut snapshots = known::snapshots(self.db(), self.sealer(), &[of.0]).await?;
        let answers = Answers::about(self.db(), &[of.0], Rounds::All).await?;
        Ok(Some(SchoolFile { child, people, snapshot: snapshots.remove(&of).unwrap_or_default(), answers }))
    }

    /// What was sent in these answers, and the names of those who sent them.
    ///
    /// # Errors
    /// As [`Self::school_file`].
    pub async fn sent_about(
        &self,
        _grant: &Grant<AnswerForSchool>,
        answers: &[(PersonId, SubmissionId)],
    ) -> Result<(HashMap<SubmissionId, SubmissionContent>, HashMap<PersonId, PersonRecord>), StoreError> {
        let ids = distinct(answers.iter().map(|(_, sent)| sent.0));
        if ids.is_empty() {
            return Ok((HashMap::new(), HashMap::new()));
        }
        let people = persons(self, &distinct(answers.iter().map(|(by, _)| by.0))).await?;
        Ok((self.contents(&ids).await?, people))
    }

    /// What staff have answered in acts that a guardian is shown.
    ///
    /// # Errors
    /// As [`Self::school_file`].
    pub async fn answered_by_school(
        &self,
        _grant: &Grant<ReadHome>,
        sent: &[SubmissionId],
    ) -> Result<HashMap<SubmissionId, SubmissionContent>, StoreError> {
        if sent.is_empty() {
            Ok(HashMap::new())
        } else {
            self.contents(&distinct(sent.iter().map(|id| id.0))).await
        }
    }
}
