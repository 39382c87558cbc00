use crate::policy::{Grant, ReadOwnSubmissions};
use crate::store::entity::submission;
use crate::store::{Store, StoreError, sent};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use skolstart_shared::id::{PersonId, SubmissionId};
use skolstart_shared::receipt::Receipt;
use skolstart_shared::submission::SubmissionContent;
use std::collections::HashMap;
use uuid::Uuid;

/// A line of the list of what somebody has sent.
pub struct SentSubmission {
    /// Its receipt.
    pub receipt: Receipt,
}

/// A submission as it was sent.
pub struct SubmissionFile {
    /// Its receipt.
    pub receipt: Receipt,
    /// What was sent.
    pub content: SubmissionContent,
}

const CORRUPT: StoreError = StoreError::Corrupt("submission");

impl Store {
    /// What the actor of the grant has sent, newest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn sent_submissions(
        &self,
        grant: &Grant<ReadOwnSubmissions>,
    ) -> Result<Vec<SentSubmission>, StoreError> {
        let rows = submission::Entity::find()
            .filter(submission::Column::SenderId.eq(grant.actor().0))
            .order_by_desc(submission::Column::ReceivedAt)
            .order_by_desc(submission::Column::Id)
            .all(self.db())
            .await?;
        rows.iter().map(|row| Ok(SentSubmission { receipt: receipt(row)? })).collect()
    }

    /// One submission, if the actor of the grant sent it.
    ///
    /// # Errors
    /// When the database cannot be read, or the row was altered.
    pub async fn sent_submission(
        &self,
        grant: &Grant<ReadOwnSubmissions>,
        id: SubmissionId,
    ) -> Result<Option<SubmissionFile>, StoreError> {
        let own = submission::Column::SenderId.eq(grant.actor().0);
        let Some(row) = submission::Entity::find_by_id(id.0).filter(own).one(self.db()).await? else {
            return Ok(None);
        };
        Ok(Some(SubmissionFile { receipt: receipt(&row)?, content: self.content(&row)? }))
    }

    /// One submission and who sent it.
    ///
    /// # Errors
    /// When the database cannot be read, or the row was altered.
    pub(in crate::store) async fn sent_by(
        &self,
        id: SubmissionId,
    ) -> Result<Option<(PersonId, SubmissionContent)>, StoreError> {
        let row = submission::Entity::find_by_id(id.0).one(self.db()).await?;
        row.map(|row| Ok((PersonId(row.sender_id), self.content(&row)?))).transpose()
    }

    /// What was sent in these submissions.
    pub(in crate::store) async fn contents(
        &self,
        ids: &[Uuid],
    ) -> Result<HashMap<SubmissionId, SubmissionContent>, StoreError> {
        let query = submission::Entity::find().filter(submission::Column::Id.is_in(ids.iter().copied()));
        let rows = query.all(self.db()).await?;
        rows.iter().map(|row| Ok((SubmissionId(row.id), self.content(row)?))).collect()
    }

    fn content(&self, row: &submission::Model) -> Result<SubmissionContent, StoreError> {
        sent::open(self.sealer(), row)
    }
}

fn receipt(row: &submission::Model) -> Result<Receipt, StoreError> {
    serde_json::from_str(&row.receipt).map_err(|_| CORRUPT)
}
