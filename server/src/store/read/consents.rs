use super::home::ChildRecord;
use crate::policy::{Grant, ReadOwnSubmissions};
use crate::store::decisions::decision;
use crate::store::entity::consent_decision;
use crate::store::{Store, StoreError};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use skolstart_shared::consent::{ConsentDecision, Identified};
use skolstart_shared::id::PersonId;
use skolstart_shared::submission::ContentHash;
use skolstart_shared::{Date, Locale};
use std::sync::Arc;
use uuid::Uuid;

/// One decision with everything that shows it.
#[derive(Clone, Debug)]
pub struct ConsentRecord {
    /// What was decided.
    pub decision: ConsentDecision,
    /// The submission that it came with, or the evidence that staff took down.
    pub came_with: Uuid,
    /// The language that was read, where it was noted.
    pub locale: Option<Locale>,
    /// The hash of the text that was read, where it was noted.
    pub hash: Option<ContentHash>,
    /// The pupil decided, not a guardian.
    pub pupil: bool,
    /// How it was made sure who it was.
    pub identified: Identified,
    /// Who of the staff took it down.
    pub recorded_by: Option<PersonId>,
    /// The limit that was set, in its own words.
    pub limit: Option<String>,
}

/// A child with all that was ever decided about its consents, oldest first.
pub struct ConsentFile {
    /// The child.
    pub child: Arc<ChildRecord>,
    /// The decisions.
    pub records: Vec<ConsentRecord>,
}

impl Store {
    /// The consents of the child of the grant.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn consents(
        &self,
        grant: &Grant<ReadOwnSubmissions>,
        today: Date,
    ) -> Result<Option<ConsentFile>, StoreError> {
        let Some(child) = grant.child() else { return Ok(None) };
        let Some(record) = self.child_records(&[child], today).await?.pop() else { return Ok(None) };
        let rows = consent_decision::Entity::find()
            .filter(consent_decision::Column::ChildId.eq(child.0))
            .order_by_asc(consent_decision::Column::Seq)
            .all(self.db())
            .await?;
        let mut limits = self.limits(&rows).await?;
        let records = rows.iter().map(|row| record_of(row, limits.remove(&row.seq)));
        let records = records.collect::<Result<_, _>>()?;
        Ok(Some(ConsentFile { child: record, records }))
    }
}

fn record_of(row: &consent_decision::Model, limit: Option<String>) -> Result<ConsentRecord, StoreError> {
    Ok(ConsentRecord {
        decision: decision(row)?,
        came_with: row.submission_id,
        locale: row.locale.as_deref().and_then(|locale| Locale::parse(locale).ok()),
        hash: row.text_hash.clone().map(ContentHash),
        pupil: row.role == PUPIL,
        identified: Identified::from_name(&row.identified),
        recorded_by: row.recorded_by.map(PersonId),
        limit,
    })
}

/// The word for a pupil's own decision in the database.
const PUPIL: &str = "pupil";
