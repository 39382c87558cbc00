use super::chain::hash;
use super::checkpoint::Ends;
use crate::store::entity::audit;
use crate::store::{Store, StoreError};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

/// What is wrong with a chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Broken {
    /// A row was altered, added, or follows one that was taken away.
    Altered,
    /// The row is not there any more, nor what came after it: a checkpoint says that it was.
    CutOff,
    /// The row is another than the one that a checkpoint tells of: the chain was computed anew.
    Anew,
}

/// Where a chain does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AuditFault {
    /// The chain.
    pub chain: Uuid,
    /// The row, counted from 1.
    pub seq: i64,
    /// What is wrong there.
    pub what: Broken,
}

/// What a check of the audit trail found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditReport {
    /// How many rows were read.
    pub rows: u64,
    /// How many chains there are.
    pub chains: u64,
    /// The first fault of each chain that has one.
    pub faults: Vec<AuditFault>,
}

/// Rows read at a time.
const PAGE: u64 = 5_000;

impl Store {
    /// Reads the whole audit trail and recomputes every hash. A chain whose last rows were cut off, or that was computed anew
    /// from some row on, still holds: see [`Store::verify_audit_against`].
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn verify_audit(&self) -> Result<AuditReport, StoreError> {
        self.verify_chains(Ends::new()).await
    }

    pub(super) async fn verify_chains(&self, mut ends: Ends) -> Result<AuditReport, StoreError> {
        let mut report = AuditReport::default();
        let mut end: Option<audit::Model> = None;
        loop {
            let page = self.audit_page(end.as_ref()).await?;
            if page.is_empty() {
                break;
            }
            for row in page {
                check(&row, end.as_ref(), &mut report);
                let told = ends.get_mut(&row.chain).and_then(|ends| ends.remove(&row.seq));
                if told.is_some_and(|told| told != row.hash) {
                    report.add(AuditFault { chain: row.chain, seq: row.seq, what: Broken::Anew });
                }
                end = Some(row);
            }
        }
        // What a checkpoint tells of and nobody has met.
        let missing = ends.into_iter().filter_map(|(chain, ends)| Some((chain, ends.into_keys().next()?)));
        for (chain, seq) in missing {
            report.add(AuditFault { chain, seq, what: Broken::CutOff });
        }
        report.faults.sort_by_key(|fault| (fault.chain, fault.seq));
        Ok(report)
    }

    async fn audit_page(&self, after: Option<&audit::Model>) -> Result<Vec<audit::Model>, StoreError> {
        let mut query = audit::Entity::find();
        if let Some(after) = after {
            let later = Condition::all()
                .add(audit::Column::Chain.eq(after.chain))
                .add(audit::Column::Seq.gt(after.seq));
            query = query.filter(Condition::any().add(later).add(audit::Column::Chain.gt(after.chain)));
        }
        let ordered = query.order_by_asc(audit::Column::Chain).order_by_asc(audit::Column::Seq);
        Ok(ordered.limit(PAGE).all(self.db()).await?)
    }
}

fn check(row: &audit::Model, before: Option<&audit::Model>, report: &mut AuditReport) {
    report.rows += 1;
    let before = before.filter(|before| before.chain == row.chain);
    if before.is_none() {
        report.chains += 1;
    }
    let (seq, prev) =
        before.map_or((1, row.chain.as_bytes().as_slice()), |before| (before.seq + 1, &before.hash));
    let holds = row.seq == seq && row.prev_hash == prev && row.hash == hash(row);
    if !holds {
        report.add(AuditFault { chain: row.chain, seq: row.seq, what: Broken::Altered });
    }
}

impl AuditReport {
    /// One fault of a chain is enough: what comes after it follows from it.
    fn add(&mut self, fault: AuditFault) {
        if self.faults.iter().all(|known| known.chain != fault.chain) {
            self.faults.push(fault);
        }
    }
}
