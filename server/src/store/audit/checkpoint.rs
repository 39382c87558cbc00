//! Checkpoints: where the chains ended at a time, signed, in a file that lies outside the database. Whoever can write in the
//! database can compute a whole chain anew; with a checkpoint that she cannot reach she cannot make it fit.

use super::verify::AuditReport;
use crate::store::entity::audit;
use crate::store::seal::{Signed, hex, unhex};
use crate::store::{Sealer, Store, StoreError};
use sea_orm::{EntityTrait, QuerySelect};
use serde::{Deserialize, Serialize};
use skolstart_shared::Timestamp;
use std::collections::{BTreeMap, HashMap};
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use uuid::Uuid;

/// Why a checkpoint could not be written or read.
#[derive(Debug, thiserror::Error)]
pub enum CheckpointError {
    /// The file could not be read or written.
    #[error("cannot use the checkpoints in {}: {cause}", file.display())]
    Io {
        /// The file.
        file: PathBuf,
        /// What the operating system said.
        cause: io::Error,
    },
    /// A line is not one that this instance has signed, in the place where it signed it.
    #[error("line {line} of {} was altered, taken away or comes from elsewhere", file.display())]
    NotGenuine {
        /// The file.
        file: PathBuf,
        /// The line, from 1.
        line: usize,
    },
    /// The chains could not be read.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The ends that the chains must have passed: for each chain the hash at a row.
pub(super) type Ends = HashMap<Uuid, BTreeMap<i64, Vec<u8>>>;

#[derive(Serialize, Deserialize)]
struct Checkpoint {
    at: Timestamp,
    /// The signature of the line before. Empty in the first.
    before: String,
    /// The chains that have grown since then: chain, row, hash of the row.
    ends: Vec<(Uuid, i64, String)>,
}

#[derive(Serialize, Deserialize)]
struct Line {
    checkpoint: Checkpoint,
    /// Ed25519 over the JSON of `checkpoint`.
    signature: String,
}

/// The checkpoints of a file.
#[derive(Default)]
pub struct Checkpoints {
    /// How many lines there are.
    pub lines: usize,
    /// When the last was written.
    pub last: Option<Timestamp>,
    ends: Ends,
    signature: String,
}

impl Store {
    /// Adds a checkpoint to a file, and makes the file at first. Nothing is written to a file that does not hold.
    ///
    /// # Errors
    /// See [`CheckpointError`].
    pub async fn write_checkpoint(&self, path: &Path) -> Result<usize, CheckpointError> {
        let io = |cause| CheckpointError::Io { file: path.to_owned(), cause };
        let mut file =
            OpenOptions::new().read(true).append(true).create(true).mode(0o600).open(path).map_err(io)?;
        // Another process may have the same file.
        file.lock().map_err(io)?;
        let known = read(self.sealer(), path, &mut file)?;
        let grown = self.chain_ends().await?.into_iter().filter(|(chain, seq, _)| {
            known.ends.get(chain).and_then(|ends| ends.keys().next_back()).is_none_or(|last| seq > last)
        });
        let ends = grown.map(|(chain, seq, hash)| (chain, seq, hex(&hash))).collect();
        let checkpoint = Checkpoint { at: self.clock().now(), before: known.signature, ends };
        let corrupt = |_| StoreError::Corrupt("checkpoint");
        let signature = hex(&self.sealer().sign(Signed::Checkpoint, &bytes(&checkpoint)?));
        let mut line = serde_json::to_vec(&Line { checkpoint, signature }).map_err(corrupt)?;
        line.push(b'\n');
        file.write_all(&line).and_then(|()| file.sync_all()).map_err(io)?;
        Ok(known.lines + 1)
    }

    /// The checkpoints of a file, each of which this instance has signed after the one before it.
    ///
    /// # Errors
    /// See [`CheckpointError`].
    pub fn read_checkpoints(&self, path: &Path) -> Result<Checkpoints, CheckpointError> {
        let mut file =
            File::open(path).map_err(|cause| CheckpointError::Io { file: path.to_owned(), cause })?;
        read(self.sealer(), path, &mut file)
    }

    /// [`Store::verify_audit`], and that every chain has passed where it stood at each checkpoint.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn verify_audit_against(&self, points: &Checkpoints) -> Result<AuditReport, StoreError> {
        self.verify_chains(points.ends.clone()).await
    }

    async fn chain_ends(&self) -> Result<Vec<(Uuid, i64, Vec<u8>)>, StoreError> {
        use audit::Column::{Chain, Hash, Seq};
        let last: Vec<(Uuid, i64)> = audit::Entity::find()
            .select_only()
            .column(Chain)
            .column_as(sea_orm::ColumnTrait::max(&Seq), "last")
            .group_by(Chain)
            .into_tuple()
            .all(self.db())
            .await?;
        let mut ends = Vec::with_capacity(last.len());
        for (chain, seq) in last {
            let hash: Option<Vec<u8>> = audit::Entity::find_by_id((chain, seq))
                .select_only()
                .column(Hash)
                .into_tuple()
                .one(self.db())
                .await?;
            ends.extend(hash.map(|hash| (chain, seq, hash)));
        }
        ends.sort();
        Ok(ends)
    }
}

fn bytes(checkpoint: &Checkpoint) -> Result<Vec<u8>, StoreError> {
    serde_json::to_vec(checkpoint).map_err(|_| StoreError::Corrupt("checkpoint"))
}

fn read(sealer: &Sealer, path: &Path, file: &mut File) -> Result<Checkpoints, CheckpointError> {
    let io = |cause| CheckpointError::Io { file: path.to_owned(), cause };
    let mut text = String::new();
    file.seek(SeekFrom::Start(0)).and_then(|_| file.read_to_string(&mut text)).map_err(io)?;
    let mut points = Checkpoints::default();
    for (at, line) in text.lines().enumerate() {
        let fault = || CheckpointError::NotGenuine { file: path.to_owned(), line: at + 1 };
        let line: Line = serde_json::from_str(line).map_err(|_| fault())?;
        let signature: [u8; 64] = unhex(&line.signature).ok_or_else(fault)?;
        let genuine = sealer.has_signed(Signed::Checkpoint, &bytes(&line.checkpoint)?, &signature);
        if !genuine || line.checkpoint.before != points.signature {
            return Err(fault());
        }
        points.lines = at + 1;
        points.last = Some(line.checkpoint.at);
        points.signature = line.signature;
        for (chain, seq, hash) in line.checkpoint.ends {
            let hash: [u8; 32] = unhex(&hash).ok_or_else(fault)?;
            points.ends.entry(chain).or_default().insert(seq, hash.to_vec());
        }
    }
    Ok(points)
}
