//! The audit trail of a back-up, checked where it lies: no database, no key file, nothing put back. Called by
//! `skolstart audit verify --backup`. Rows come in whatever order the back-up has them; of one that comes early only its hashes are kept.

use super::BackupError;
use super::contents::{Contents, End, Head};
use super::stream::{self, Cell};
use crate::store::audit::{AuditFault, AuditReport, Broken, hash};
use crate::store::entity::audit;
use std::collections::{BTreeMap, HashMap};
use std::io::Read;
use uuid::Uuid;

const TABLE: &str = "audit";

/// A chain as far as it is followed.
struct Chain {
    /// The number and the hash of the last row that follows on from the beginning without a gap.
    last: (i64, Vec<u8>),
    /// Rows that have come before those between: the hash before, the own, and whether it is that of the row.
    early: BTreeMap<i64, (Vec<u8>, Vec<u8>, bool)>,
    fault: Option<i64>,
}

impl Chain {
    fn new(id: Uuid) -> Self {
        Self { last: (0, id.as_bytes().to_vec()), early: BTreeMap::new(), fault: None }
    }

    fn take(&mut self, row: audit::Model) {
        let holds = row.hash == hash(&row);
        // The same number twice is a row that was added.
        if row.seq <= self.last.0 || self.early.insert(row.seq, (row.prev_hash, row.hash, holds)).is_some() {
            self.fail(row.seq);
        }
        while let Some((prev, own, holds)) = self.early.remove(&(self.last.0 + 1)) {
            let seq = self.last.0 + 1;
            if !holds || prev != self.last.1 {
                self.fail(seq);
            }
            self.last = (seq, own);
        }
    }

    fn fail(&mut self, seq: i64) {
        self.fault = Some(self.fault.map_or(seq, |first| first.min(seq)));
    }

    /// The first fault. What has never been followed comes after a row that is not there.
    fn end(mut self) -> (Option<i64>, (i64, Vec<u8>)) {
        if let Some((seq, _)) = self.early.pop_first() {
            self.fail(seq);
        }
        (self.fault, self.last)
    }
}

/// Reads a back-up to its end and recomputes every hash of the audit trail in it. Gives the head that the back-up tells of too, to be
/// compared with what was noted elsewhere: a chain that was cut off before it was taken still holds.
///
/// # Errors
/// [`BackupError::NotOurs`] when it is no whole back-up, [`BackupError::Differs`] when its rows are not those that it tells of.
pub fn verify_trail(input: &mut (dyn Read + Send)) -> Result<(AuditReport, Head), BackupError> {
    let contents = stream::contents(input)?;
    let mut chains: HashMap<Uuid, Chain> = HashMap::new();
    let mut report = AuditReport::default();
    for table in &contents.tables {
        for _ in 0..table.rows {
            let mut cells = HashMap::new();
            for column in &table.columns {
                cells.insert(column.name.as_str(), stream::get(input)?);
            }
            if table.name == TABLE {
                let row = row(cells)?;
                report.rows += 1;
                chains.entry(row.chain).or_insert_with(|| Chain::new(row.chain)).take(row);
            }
        }
    }
    stream::ended(input)?;
    report.chains = chains.len() as u64;
    let mut ends = Vec::with_capacity(chains.len());
    for (chain, followed) in chains {
        let (fault, (seq, hash)) = followed.end();
        report.faults.extend(fault.map(|seq| AuditFault { chain, seq, what: Broken::Altered }));
        ends.push(End { chain, seq, hash });
    }
    report.faults.sort_by_key(|fault| (fault.chain, fault.seq));
    ends.sort();
    let head = contents.head();
    if report.faults.is_empty() && (Contents { ends, ..contents }).head() != head {
        return Err(BackupError::Differs("the audit head".to_owned()));
    }
    Ok((report, head))
}

/// A row of the trail. Columns that a newer program has added are hashed only where it fills them.
fn row(mut cells: HashMap<&str, Cell>) -> Result<audit::Model, BackupError> {
    let mut uuid = |name: &str| match cells.remove(name) {
        Some(Cell::Uuid(id)) => Ok(Some(id)),
        Some(Cell::Nothing) | None => Ok(None),
        Some(_) => Err(BackupError::NotOurs),
    };
    let (chain, actor) = (uuid("chain")?, uuid("actor")?);
    let (object_id, acting_for) = (uuid("object_id")?, uuid("acting_for")?);
    let mut number = |name: &str| match cells.remove(name) {
        Some(Cell::Number(number)) => Ok(number),
        _ => Err(BackupError::NotOurs),
    };
    let (seq, at) = (number("seq")?, number("at")?);
    let mut text = |name: &str| match cells.remove(name) {
        Some(Cell::Text(text)) => Ok(text),
        _ => Err(BackupError::NotOurs),
    };
    let (action, object_kind) = (text("action")?, text("object_kind")?);
    let (purpose, outcome, request_id) = (text("purpose")?, text("outcome")?, text("request_id")?);
    let mut bytes = |name: &str| match cells.remove(name) {
        Some(Cell::Bytes(bytes)) => Ok(bytes),
        _ => Err(BackupError::NotOurs),
    };
    let (prev_hash, hash) = (bytes("prev_hash")?, bytes("hash")?);
    let chain = chain.ok_or(BackupError::NotOurs)?;
    Ok(audit::Model {
        chain,
        seq,
        at,
        actor,
        action,
        object_kind,
        object_id,
        purpose,
        outcome,
        request_id,
        prev_hash,
        hash,
        acting_for,
    })
}
