//! Drafts of forms, and what has been asked and answered about their publishing.
//!
//! Called by the use cases of the builder. Publishing a draft is one transaction: the review, the version, the elements that it
//! brings and the end of the draft. Must not decide whether a form is fit to be published.

use super::entity::{form_draft, form_review, form_version};
use super::generation::{Of, advance};
use super::inventory::{bring, brought};
use super::publish::{insert_form, row_of};
use super::{AuditEntry, Publication, Store, StoreError};
use crate::policy::{EditForms, Grant, PublishForm, ReadForms};
use crate::store::Transaction;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
};
use skolstart_shared::Timestamp;
use skolstart_shared::form::FormDefinition;
use skolstart_shared::form::builder::{NotAllowed, Review, ReviewStep, may_take};
use skolstart_shared::id::{ChangeId, DraftId, PersonId};
use std::collections::HashMap;
use std::sync::Arc;
use uuid::Uuid;

/// A draft as it stands.
#[derive(Clone, Debug)]
pub struct DraftRecord {
    /// Its id.
    pub id: DraftId,
    /// Counts up with each change.
    pub revision: u32,
    /// The form.
    pub form: FormDefinition,
    /// When it was changed last.
    pub changed: Timestamp,
    /// By whom.
    pub by: PersonId,
    /// What was done about its publishing, the oldest first.
    pub reviews: Vec<Review>,
}

/// What came of saving a draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Saving {
    /// It stands with this revision, since then.
    Saved(u32, Timestamp),
    /// Somebody else has changed it since.
    Stale,
    /// It is published or thrown away.
    Closed,
    /// There is another draft of the same form.
    KeyTaken,
}

/// What came of a step about publishing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reviewing {
    /// It is taken, now or before.
    Done,
    /// There is no such draft.
    NotFound,
    /// The id was used before for another step.
    Other,
    /// It cannot be taken.
    NotAllowed(NotAllowed),
}

impl Store {
    /// All drafts that are open, the one that was changed last first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn drafts(&self, _grant: &Grant<ReadForms>) -> Result<Vec<DraftRecord>, StoreError> {
        let rows = form_draft::Entity::find()
            .filter(form_draft::Column::Open.eq(true))
            .order_by_desc(form_draft::Column::ChangedAt)
            .all(self.db())
            .await?;
        let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
        let mut reviews = reviews(self.db(), &ids).await?;
        rows.into_iter().map(|row| record(&mut reviews, row)).collect()
    }

    /// One draft. One that is published is there too; one that was thrown away is not.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn draft(
        &self,
        _grant: &Grant<impl crate::policy::ActionKind>,
        id: DraftId,
    ) -> Result<Option<DraftRecord>, StoreError> {
        let Some(row) = form_draft::Entity::find_by_id(id.0).one(self.db()).await? else { return Ok(None) };
        let open = row.open;
        let found = record(&mut reviews(self.db(), &[id.0]).await?, row)?;
        let published = found.reviews.iter().any(|review| review.step == ReviewStep::Approve);
        Ok((open || published).then_some(found))
    }

    /// Saves a draft upon `base`, 0 for a new one.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn save_draft(
        &self,
        grant: &Grant<EditForms>,
        id: DraftId,
        base: u32,
        form: &FormDefinition,
    ) -> Result<Saving, StoreError> {
        let definition = serde_json::to_string(form).map_err(|_| StoreError::Corrupt("form_draft"))?;
        let row = form_draft::Model {
            id: id.0,
            key: form.key.0.clone(),
            revision: i32::try_from(base).unwrap_or(i32::MAX - 1) + 1,
            definition,
            open: true,
            changed_at: self.clock().now().as_millis(),
            changed_by: grant.actor().0,
        };
        let job = Arc::new((row, grant.audit("form-draft", Some(id.0))));
        self.write(move |db| {
            let job = job.clone();
            Box::pin(async move {
                let (row, audit) = &*job;
                let (done, written) = save(db, row).await?;
                Ok((done, if written { vec![audit.clone()] } else { Vec::new() }))
            })
        })
        .await
    }

    /// Throws a draft away as it stands with this revision. [`Saving::Closed`]: there is none, or it is published.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn discard_draft(
        &self,
        grant: &Grant<EditForms>,
        id: DraftId,
        revision: u32,
    ) -> Result<Saving, StoreError> {
        let audit = grant.audit("form-draft-discarded", Some(id.0));
        self.write(move |db| {
            let audit = audit.clone();
            Box::pin(async move {
                let Some(row) = form_draft::Entity::find_by_id(id.0).lock_exclusive().one(db).await? else {
                    return Ok((Saving::Closed, Vec::<AuditEntry>::new()));
                };
                if !row.open {
                    let steps = reviews(db, &[id.0]).await?.remove(&id.0).unwrap_or_default();
                    let is_published = steps.iter().any(|review| review.step == ReviewStep::Approve);
                    return Ok((if is_published { Saving::Closed } else { saved(&row) }, Vec::new()));
                }
                if u32::try_from(row.revision) != Ok(revision) {
                    return Ok((Saving::Stale, Vec::new()));
                }
                close(db, id).await?;
                Ok((saved(&row), vec![audit]))
            })
        })
        .await
    }

    /// Takes a step about the publishing of a draft, upon the revision `seen`. Approving publishes `form`, which is the draft
    /// with the version that it becomes.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn review_draft(
        &self,
        grant: &Grant<PublishForm>,
        (draft, id): (DraftId, ChangeId),
        seen: u32,
        step: ReviewStep,
        form: &FormDefinition,
    ) -> Result<Reviewing, StoreError> {
        let now = self.clock().now();
        let review = Review { step, by: grant.actor(), at: now, revision: seen };
        let audit = grant.audit("form-draft", Some(draft.0));
        let generation = self.ids().next()?;
        let elements = brought(form, Some(grant.actor()), now)?;
        let job = Arc::new((review, row_of(form, now)?, elements, audit, grant.audit("element", None)));
        let done = self
            .write(move |db| {
                let job = job.clone();
                Box::pin(async move {
                    let (review, version, elements, audit, of_element) = &*job;
                    let done = take(db, draft, id, review, version).await?;
                    if done != Reviewing::Done {
                        return Ok((done, Vec::new()));
                    }
                    let mut entries = vec![audit.clone()];
                    if review.step == ReviewStep::Approve {
                        // In the same transaction: nobody is asked about what the catalogue does not know.
                        let new = bring(db, elements).await?;
                        entries.extend((0..new).map(|_| of_element.clone()));
                        advance(db, Of::Inventory, generation).await?;
                    }
                    Ok((done, entries))
                })
            })
            .await?;
        self.reload_published().await?;
        Ok(done)
    }
}

/// What came of it, and whether anything was written.
async fn save(db: &Transaction, row: &form_draft::Model) -> Result<(Saving, bool), StoreError> {
    let Some(stands) = form_draft::Entity::find_by_id(row.id).lock_exclusive().one(db).await? else {
        if row.revision != 1 {
            return Ok((Saving::Closed, false));
        }
        let same = form_draft::Entity::find()
            .filter(form_draft::Column::Key.eq(&row.key))
            .filter(form_draft::Column::Open.eq(true));
        if same.one(db).await?.is_some() {
            return Ok((Saving::KeyTaken, false));
        }
        form_draft::Entity::insert(row.clone().into_active_model()).exec_without_returning(db).await?;
        return Ok((saved(row), true));
    };
    if !stands.open {
        return Ok((Saving::Closed, false));
    }
    // The same once more, after a lost answer, or a save without a change.
    if stands.definition == row.definition {
        return Ok((saved(&stands), false));
    }
    if stands.revision + 1 != row.revision || stands.key != row.key {
        return Ok((Saving::Stale, false));
    }
    form_draft::Entity::update_many()
        .col_expr(form_draft::Column::Revision, Expr::value(row.revision))
        .col_expr(form_draft::Column::Definition, Expr::value(row.definition.clone()))
        .col_expr(form_draft::Column::ChangedAt, Expr::value(row.changed_at))
        .col_expr(form_draft::Column::ChangedBy, Expr::value(row.changed_by))
        .filter(form_draft::Column::Id.eq(row.id))
        .exec(db)
        .await?;
    Ok((saved(row), true))
}

fn saved(row: &form_draft::Model) -> Saving {
    Saving::Saved(u32::try_from(row.revision).unwrap_or(0), Timestamp::from_millis(row.changed_at))
}

async fn close(db: &Transaction, id: DraftId) -> Result<(), StoreError> {
    form_draft::Entity::update_many()
        .col_expr(form_draft::Column::Open, Expr::value(false))
        .filter(form_draft::Column::Id.eq(id.0))
        .exec(db)
        .await?;
    Ok(())
}

async fn take(
    db: &Transaction,
    draft: DraftId,
    id: ChangeId,
    review: &Review,
    version: &form_version::Model,
) -> Result<Reviewing, StoreError> {
    let Some(row) = form_draft::Entity::find_by_id(draft.0).lock_exclusive().one(db).await? else {
        return Ok(Reviewing::NotFound);
    };
    if let Some(earlier) = form_review::Entity::find_by_id(id.0).one(db).await? {
        let same = earlier.draft_id == draft.0 && earlier.by_id == review.by.0;
        let same = same && read_review(&earlier)?.step == review.step;
        return Ok(if same { Reviewing::Done } else { Reviewing::Other });
    }
    let before = reviews(db, &[draft.0]).await?.remove(&draft.0).unwrap_or_default();
    let revision = u32::try_from(row.revision).unwrap_or(0);
    if let Err(refused) = may_take(&review.step, review.by, review.revision, revision, &before) {
        return Ok(Reviewing::NotAllowed(refused));
    }
    if !row.open {
        return Ok(Reviewing::NotFound);
    }
    if review.step == ReviewStep::Approve {
        if insert_form(db, version).await? == Publication::Other {
            return Ok(Reviewing::NotAllowed(NotAllowed::Moved));
        }
        close(db, draft).await?;
    }
    let note = match &review.step {
        ReviewStep::SendBack(note) => Some(note.clone()),
        _ => None,
    };
    let row = form_review::Model {
        id: id.0,
        draft_id: draft.0,
        revision: row.revision,
        step: review.step.as_str().to_owned(),
        note,
        by_id: review.by.0,
        at: review.at.as_millis(),
    };
    form_review::Entity::insert(row.into_active_model()).exec_without_returning(db).await?;
    Ok(Reviewing::Done)
}

async fn reviews<C: ConnectionTrait>(
    db: &C,
    drafts: &[Uuid],
) -> Result<HashMap<Uuid, Vec<Review>>, StoreError> {
    let rows = form_review::Entity::find()
        .filter(form_review::Column::DraftId.is_in(drafts.iter().copied()))
        .order_by_asc(form_review::Column::At)
        .order_by_asc(form_review::Column::Id)
        .all(db)
        .await?;
    let mut found: HashMap<Uuid, Vec<Review>> = HashMap::new();
    for row in rows {
        found.entry(row.draft_id).or_default().push(read_review(&row)?);
    }
    Ok(found)
}

fn read_review(row: &form_review::Model) -> Result<Review, StoreError> {
    let step = match row.step.as_str() {
        "ask" => ReviewStep::Ask,
        "withdraw" => ReviewStep::Withdraw,
        "send-back" => ReviewStep::SendBack(row.note.clone().unwrap_or_default()),
        "approve" => ReviewStep::Approve,
        _ => return Err(StoreError::Corrupt("form_review")),
    };
    Ok(Review {
        step,
        by: PersonId(row.by_id),
        at: Timestamp::from_millis(row.at),
        revision: u32::try_from(row.revision).unwrap_or(0),
    })
}

fn record(
    reviews: &mut HashMap<Uuid, Vec<Review>>,
    row: form_draft::Model,
) -> Result<DraftRecord, StoreError> {
    Ok(DraftRecord {
        id: DraftId(row.id),
        revision: u32::try_from(row.revision).unwrap_or(0),
        form: serde_json::from_str(&row.definition).map_err(|_| StoreError::Corrupt("form_draft"))?,
        changed: Timestamp::from_millis(row.changed_at),
        by: PersonId(row.changed_by),
        reviews: reviews.remove(&row.id).unwrap_or_default(),
    })
}
