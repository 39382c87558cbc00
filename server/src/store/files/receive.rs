//! A file comes, part by part, from somebody whose network may go at any moment.

use super::{FileRecord, Said, corrupt, open, seal_part, size, subject};
use crate::policy::{Grant, SendFile};
use crate::store::Transaction;
use crate::store::entity::{file, file_part};
use crate::store::{Sealer, Store, StoreError};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect, sea_query::Expr};
use skolstart_shared::Timestamp;
use skolstart_shared::api::FileIn;
use skolstart_shared::id::{FileId, PersonId};
use std::sync::Arc;

/// What came of beginning a file.
#[derive(Clone)]
pub enum Begun {
    /// It is here, now or before.
    Here(Box<FileRecord>),
    /// The id was used before for another file.
    Other,
    /// The id was used before by somebody else.
    NotYours,
    /// As many files wait for an answer of this person as may.
    TooMany,
}

/// What came of a part.
#[derive(Clone)]
pub enum Taken {
    /// The file as it stands.
    Here(Box<FileRecord>),
    /// There are more bytes than there should be.
    TooMuch,
    /// There is no such file of this person.
    Missing,
}

/// The most that one person may have waiting for an answer: files, and bytes of them.
#[derive(Clone, Copy)]
pub(crate) struct Waiting {
    pub(crate) files: usize,
    pub(crate) bytes: u64,
}

impl Store {
    /// Begins a file, or recognises that it was begun before.
    ///
    /// # Errors
    /// When it could not be written; the same may be asked again.
    pub(crate) async fn begin_file(
        &self,
        grant: &Grant<SendFile>,
        id: FileId,
        input: FileIn,
        most: Waiting,
    ) -> Result<Begun, StoreError> {
        let (me, now) = (grant.actor(), self.clock().now());
        let work = Arc::new((self.sealer().clone(), input, grant.audit("file", Some(id.0))));
        self.write(move |db| {
            let work = work.clone();
            Box::pin(async move {
                let (sealer, input, audit) = &*work;
                let begun = begin(db, sealer, (id, me, now), input, most).await?;
                let is_new = matches!(&begun, Begun::Here(record) if record.received == 0);
                Ok((begun, if is_new { vec![audit.clone()] } else { Vec::new() }))
            })
        })
        .await
    }

    /// Takes bytes of a file from an offset on. What is there already is left out; what would leave a gap is not taken, and
    /// the answer says where to go on.
    ///
    /// # Errors
    /// When it could not be written; the same may be sent again.
    pub(crate) async fn add_file_part(
        &self,
        grant: &Grant<SendFile>,
        id: FileId,
        offset: u32,
        bytes: Vec<u8>,
    ) -> Result<Taken, StoreError> {
        let (me, work) = (grant.actor(), Arc::new((self.sealer().clone(), bytes)));
        self.write(move |db| {
            let work = work.clone();
            Box::pin(async move { Ok((add(db, &work.0, (id, me), offset, &work.1).await?, Vec::new())) })
        })
        .await
    }

    /// Forgets a file of the actor that no answer holds.
    ///
    /// # Errors
    /// When it could not be written; the same may be asked again.
    pub(crate) async fn forget_file(&self, grant: &Grant<SendFile>, id: FileId) -> Result<(), StoreError> {
        let (me, audit) = (grant.actor(), grant.audit("file", Some(id.0)));
        self.write(move |db| {
            let audit = audit.clone();
            Box::pin(async move {
                let Some(row) = of(db, id, me).await?.filter(|row| row.submission_id.is_none()) else {
                    return Ok(((), Vec::new()));
                };
                super::hold::delete(db, &[row]).await?;
                Ok(((), vec![audit]))
            })
        })
        .await
    }
}

/// The file of this person, held until the transaction ends.
pub(super) async fn of(
    db: &Transaction,
    id: FileId,
    uploader: PersonId,
) -> Result<Option<file::Model>, StoreError> {
    let row = file::Entity::find_by_id(id.0).lock_exclusive().one(db).await?;
    Ok(row.filter(|row| row.uploader_id == uploader.0))
}

async fn begin(
    db: &Transaction,
    sealer: &Sealer,
    (id, me, now): (FileId, PersonId, Timestamp),
    input: &FileIn,
    most: Waiting,
) -> Result<Begun, StoreError> {
    if let Some(row) = file::Entity::find_by_id(id.0).one(db).await? {
        if row.uploader_id != me.0 {
            return Ok(Begun::NotYours);
        }
        let record = open(sealer, &row)?;
        let is_same = record.input == *input;
        return Ok(if is_same { Begun::Here(Box::new(record)) } else { Begun::Other });
    }
    let waiting: Vec<i32> = file::Entity::find()
        .select_only()
        .column(file::Column::Bytes)
        .filter(file::Column::UploaderId.eq(me.0))
        .filter(file::Column::SubmissionId.is_null())
        .filter(file::Column::Refused.is_null())
        .into_tuple()
        .all(db)
        .await?;
    let bytes: u64 = waiting.iter().map(|bytes| u64::from(bytes.unsigned_abs())).sum();
    if waiting.len() >= most.files || bytes + u64::from(input.bytes) > most.bytes {
        return Ok(Begun::TooMany);
    }
    let said = Said { name: input.name.clone(), hash: input.hash.clone() };
    let said = serde_json::to_vec(&said).map_err(|_| corrupt())?;
    let of = input.child.unwrap_or(me).0;
    let row = file::Model {
        id: id.0,
        uploader_id: me.0,
        child_id: input.child.map(|child| child.0),
        bytes: size(input.bytes),
        received: 0,
        sealed: sealer.seal_for(of, "file", "sealed", id.0, &said)?,
        created_at: now.as_millis(),
        kind: None,
        content_id: None,
        kept_bytes: 0,
        refused: None,
        submission_id: None,
        form_key: None,
        act_key: None,
        field_key: None,
        element: None,
    };
    let record = open(sealer, &row)?;
    file::Entity::insert(row.into_active_model()).exec_without_returning(db).await?;
    Ok(Begun::Here(Box::new(record)))
}

async fn add(
    db: &Transaction,
    sealer: &Sealer,
    (id, me): (FileId, PersonId),
    offset: u32,
    bytes: &[u8],
) -> Result<Taken, StoreError> {
    let Some(row) = of(db, id, me).await? else { return Ok(Taken::Missing) };
    let mut record = open(sealer, &row)?;
    let is_over = record.done.is_some() || record.refused.is_some();
    let known = record.received.checked_sub(offset).and_then(|known| usize::try_from(known).ok());
    let new = known.and_then(|known| bytes.get(known..)).unwrap_or_default();
    if is_over || new.is_empty() {
        return Ok(Taken::Here(Box::new(record)));
    }
    let at = size(record.received);
    record.received = record.received.saturating_add(u32::try_from(new.len()).unwrap_or(u32::MAX));
    if record.received > record.input.bytes {
        return Ok(Taken::TooMuch);
    }
    let sealed = seal_part(sealer, subject(&row), id.0, at, new)?;
    let part = file_part::Model { owner_id: id.0, at, sealed };
    file_part::Entity::insert(part.into_active_model()).exec_without_returning(db).await?;
    file::Entity::update_many()
        .col_expr(file::Column::Received, Expr::value(size(record.received)))
        .filter(file::Column::Id.eq(id.0))
        .exec(db)
        .await?;
    Ok(Taken::Here(Box::new(record)))
}
