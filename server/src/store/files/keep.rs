//! A file has come whole: its bytes are read once, and what was made of them is kept; or why it was not taken.

use super::receive::of;
use super::{FileRecord, corrupt, kind_word, open, open_part, seal_part, size, subject};
use crate::inspect::Inspected;
use crate::policy::{Grant, ReadFile, SendFile};
use crate::store::Transaction;
use crate::store::entity::{file, file_part};
use crate::store::{Sealer, Store, StoreError};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QueryOrder,
};
use sha2::{Digest, Sha256};
use skolstart_shared::Code;
use skolstart_shared::fact::FileType;
use skolstart_shared::id::{FileId, PersonId};
use std::sync::Arc;
use uuid::Uuid;

/// The bytes in one row: large enough that there are few, small enough that none is large.
const PART: usize = 256 * 1024;

impl Store {
    /// A file of the actor with all bytes that have come. `None`: there is no such file. No bytes: it is over.
    ///
    /// # Errors
    /// When the database cannot be read, or a sealed value was altered.
    pub(crate) async fn received_file(
        &self,
        grant: &Grant<SendFile>,
        id: FileId,
    ) -> Result<Option<(FileRecord, Vec<u8>)>, StoreError> {
        let row = file::Entity::find_by_id(id.0).one(self.db()).await?;
        let Some(row) = row.filter(|row| row.uploader_id == grant.actor().0) else { return Ok(None) };
        let record = open(self.sealer(), &row)?;
        let is_over = record.done.is_some() || record.refused.is_some();
        let bytes = if is_over { Vec::new() } else { parts(self.db(), self.sealer(), id.0).await? };
        Ok(Some((record, bytes)))
    }

    /// Keeps what was made of a file, or why it was not taken, and forgets what came.
    ///
    /// # Errors
    /// When it could not be written; the same may be asked again.
    pub(crate) async fn keep_file(
        &self,
        grant: &Grant<SendFile>,
        id: FileId,
        outcome: Result<Inspected, Code>,
    ) -> Result<Option<FileRecord>, StoreError> {
        let work = Arc::new((self.sealer().clone(), outcome, grant.audit("file", Some(id.0))));
        let me = grant.actor();
        self.write(move |db| {
            let work = work.clone();
            Box::pin(async move {
                let (sealer, outcome, audit) = &*work;
                let record = keep(db, sealer, (id, me), outcome).await?;
                Ok((record, vec![audit.clone()]))
            })
        })
        .await
    }

    /// What a file is and its bytes. `None`: it is not kept.
    ///
    /// # Errors
    /// When the database cannot be read, or a sealed value was altered.
    pub(crate) async fn file_content(
        &self,
        _grant: &Grant<ReadFile>,
        id: FileId,
    ) -> Result<Option<(FileType, Vec<u8>)>, StoreError> {
        let Some(row) = file::Entity::find_by_id(id.0).one(self.db()).await? else { return Ok(None) };
        let record = open(self.sealer(), &row)?;
        let Some((content, done)) = row.content_id.zip(record.done) else { return Ok(None) };
        let bytes = parts(self.db(), self.sealer(), content).await?;
        if i32::try_from(bytes.len()) != Ok(row.kept_bytes) {
            return Err(StoreError::Corrupt("file_part"));
        }
        Ok(Some((done.kind, bytes)))
    }
}

/// The bytes that belong to a file or a content.
pub(in crate::store) async fn parts<C: ConnectionTrait>(
    db: &C,
    sealer: &Sealer,
    owner: Uuid,
) -> Result<Vec<u8>, StoreError> {
    let rows = file_part::Entity::find()
        .filter(file_part::Column::OwnerId.eq(owner))
        .order_by_asc(file_part::Column::At)
        .all(db)
        .await?;
    let mut bytes = Vec::new();
    for row in rows {
        bytes.extend(open_part(sealer, owner, row.at, &row.sealed)?);
    }
    Ok(bytes)
}

async fn keep(
    db: &Transaction,
    sealer: &Sealer,
    (id, me): (FileId, PersonId),
    outcome: &Result<Inspected, Code>,
) -> Result<Option<FileRecord>, StoreError> {
    let Some(mut row) = of(db, id, me).await? else { return Ok(None) };
    if row.kind.is_some() || row.refused.is_some() {
        return open(sealer, &row).map(Some);
    }
    match outcome {
        Ok(kept) => {
            let subject = subject(&row);
            let content = content_id(sealer, subject, &kept.bytes)?;
            put_content(db, sealer, subject, content, &kept.bytes).await?;
            row.kind = Some(kind_word(kept.kind).to_owned());
            row.content_id = Some(content);
            row.kept_bytes = size(u32::try_from(kept.bytes.len()).map_err(|_| corrupt())?);
        }
        Err(code) => row.refused = Some(code.as_str().to_owned()),
    }
    file_part::Entity::delete_many().filter(file_part::Column::OwnerId.eq(id.0)).exec(db).await?;
    let record = open(sealer, &row)?;
    file::Entity::update(row.into_active_model().reset_all()).exec(db).await?;
    Ok(Some(record))
}

/// The same for the same bytes about the same person, and for nothing else.
fn content_id(sealer: &Sealer, subject: Uuid, bytes: &[u8]) -> Result<Uuid, StoreError> {
    let blind = sealer.blind(&format!("file|{subject}"), &Sha256::digest(bytes))?;
    blind.first_chunk::<16>().map(|start| Uuid::from_bytes(*start)).ok_or_else(corrupt)
}

async fn put_content(
    db: &Transaction,
    sealer: &Sealer,
    subject: Uuid,
    content: Uuid,
    bytes: &[u8],
) -> Result<(), StoreError> {
    let is_there =
        file_part::Entity::find().filter(file_part::Column::OwnerId.eq(content)).count(db).await? > 0;
    if is_there {
        return Ok(());
    }
    for (number, part) in bytes.chunks(PART).enumerate() {
        let at = size(u32::try_from(number * PART).map_err(|_| corrupt())?);
        let sealed = seal_part(sealer, subject, content, at, part)?;
        let row = file_part::Model { owner_id: content, at, sealed };
        file_part::Entity::insert(row.into_active_model()).exec_without_returning(db).await?;
    }
    Ok(())
}
