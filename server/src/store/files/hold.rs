//! Answers hold files. What none holds is forgotten after a while.

use super::{FileRecord, open};
use crate::policy::{AnswerForSchool, Grant, Principal};
use crate::store::Transaction;
use crate::store::entity::{file, file_part};
use crate::store::submit::SubmitPlan;
use crate::store::{Store, StoreError, rows};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect, Select};
use skolstart_shared::Timestamp;
use skolstart_shared::fact::{ElementKey, FileRef};
use skolstart_shared::form::{ActKey, FieldKey, FormKey};
use skolstart_shared::id::{FileId, PersonId};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// A file that an answer names, as it is kept.
#[derive(Clone)]
pub struct SentFile {
    /// Who sent it.
    pub uploader: PersonId,
    /// The child it is about.
    pub child: Option<PersonId>,
    /// What an answer must say of it.
    pub file: FileRef,
    /// The field that an earlier answer has put it in.
    pub held: Option<(FormKey, ActKey, FieldKey)>,
    /// The element of that field.
    pub element: Option<ElementKey>,
}

/// A file that a submission is going to hold.
#[derive(Clone, Debug)]
pub struct PlannedFile {
    /// Which.
    pub id: FileId,
    /// The form.
    pub form: FormKey,
    /// The act.
    pub act: ActKey,
    /// The field.
    pub field: FieldKey,
    /// The element of the field.
    pub element: Option<ElementKey>,
}

impl Store {
    /// The files with these ids that are kept: those of the principal, and those that answers about her children hold. Which of
    /// them she may name is for the caller to say.
    ///
    /// # Errors
    /// When the database cannot be read, or a sealed value was altered.
    pub async fn files_named(
        &self,
        me: &Principal,
        ids: &[FileId],
    ) -> Result<HashMap<FileId, SentFile>, StoreError> {
        let ids = rows::for_in(ids.iter().map(|id| id.0));
        let mut files = self.whole_files(file::Entity::find().filter(file::Column::Id.is_in(ids))).await?;
        files.retain(|_, kept| {
            let is_about_hers = || kept.child.is_some_and(|child| me.children().contains(&child));
            kept.uploader == me.person() || (me.is_guardian() && is_about_hers())
        });
        Ok(files)
    }

    /// The files about the child of the grant with these ids that are kept. Which of them an answer may name is for the caller to
    /// say.
    ///
    /// # Errors
    /// As [`Self::files_named`].
    pub async fn files_about(
        &self,
        grant: &Grant<AnswerForSchool>,
        ids: &[FileId],
    ) -> Result<HashMap<FileId, SentFile>, StoreError> {
        let ids = rows::for_in(ids.iter().map(|id| id.0));
        let about = file::Column::ChildId.eq(grant.child().map(|child| child.0));
        self.whole_files(file::Entity::find().filter(file::Column::Id.is_in(ids)).filter(about)).await
    }

    /// Those that have come whole and were taken, as they are kept.
    async fn whole_files(
        &self,
        query: Select<file::Entity>,
    ) -> Result<HashMap<FileId, SentFile>, StoreError> {
        let mut files = HashMap::new();
        for row in query.all(self.db()).await? {
            if let FileRecord { done: Some(file), .. } = open(self.sealer(), &row)? {
                files.insert(FileId(row.id), sent(row, file));
            }
        }
        Ok(files)
    }

    /// Forgets files that began before a time and that no answer holds. Says how many.
    ///
    /// # Errors
    /// When the database cannot be written; what was forgotten stays so.
    pub async fn forget_waiting_files(&self, before: Timestamp) -> Result<usize, StoreError> {
        /// In one transaction: others wait for it.
        const AT_ONCE: u64 = 50;
        let mut forgotten = 0;
        loop {
            let done = self
                .write(move |db| {
                    Box::pin(async move {
                        let over = file::Entity::find()
                            .filter(file::Column::SubmissionId.is_null())
                            .filter(file::Column::CreatedAt.lt(before.as_millis()))
                            .limit(AT_ONCE)
                            .lock_exclusive()
                            .all(db)
                            .await?;
                        delete(db, &over).await?;
                        Ok((over.len(), Vec::new()))
                    })
                })
                .await?;
            forgotten += done;
            if done == 0 {
                return Ok(forgotten);
            }
        }
    }
}

fn sent(row: file::Model, file: FileRef) -> SentFile {
    let held = row.submission_id.and(row.form_key.zip(row.act_key).zip(row.field_key));
    SentFile {
        uploader: PersonId(row.uploader_id),
        child: row.child_id.map(PersonId),
        file,
        held: held.map(|((form, act), field)| (FormKey(form), ActKey(act), FieldKey(field))),
        element: row.element.map(ElementKey),
    }
}

/// Deletes files, and their bytes unless another file has the same.
pub(in crate::store) async fn delete(db: &Transaction, files: &[file::Model]) -> Result<(), StoreError> {
    for row in files {
        file::Entity::delete_by_id(row.id).exec(db).await?;
        let mut owners = vec![row.id];
        if let Some(content) = row.content_id {
            let others = file::Entity::find().filter(file::Column::ContentId.eq(content)).count(db).await?;
            owners.extend((others == 0).then_some(content));
        }
        file_part::Entity::delete_many().filter(file_part::Column::OwnerId.is_in(owners)).exec(db).await?;
    }
    Ok(())
}

/// Which of the files that these plans name are there. Nobody forgets them until the transaction ends.
pub(in crate::store) async fn present<'a>(
    db: &Transaction,
    plans: impl Iterator<Item = &'a SubmitPlan>,
) -> Result<HashSet<Uuid>, StoreError> {
    let ids = rows::for_in(plans.flat_map(|plan| &plan.files).map(|file| file.id.0));
    if ids.is_empty() {
        return Ok(HashSet::new());
    }
    let query =
        file::Entity::find().filter(file::Column::Id.is_in(ids)).filter(file::Column::Kind.is_not_null());
    Ok(query.lock_exclusive().all(db).await?.into_iter().map(|row| row.id).collect())
}

/// Says that a submission holds its files. What an earlier one holds stays with that.
pub(in crate::store) async fn bind(db: &Transaction, plan: &SubmitPlan) -> Result<(), StoreError> {
    use file::Column::{ActKey, Element, FieldKey, FormKey, Id, SubmissionId};
    for planned in &plan.files {
        let element = planned.element.as_ref().map(|element| element.0.clone());
        file::Entity::update_many()
            .col_expr(SubmissionId, Expr::value(plan.id.0))
            .col_expr(FormKey, Expr::value(planned.form.0.clone()))
            .col_expr(ActKey, Expr::value(planned.act.0.clone()))
            .col_expr(FieldKey, Expr::value(planned.field.0.clone()))
            .col_expr(Element, Expr::value(element))
            .filter(Id.eq(planned.id.0))
            .filter(SubmissionId.is_null())
            .exec(db)
            .await?;
    }
    Ok(())
}
