use super::chain::hash;
use crate::store::entity::audit;
use crate::store::{Store, StoreError};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

/// Where a chain does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AuditFault {
    /// The chain.
    pub chain: Uuid,
    /// The first row, counted from 1, that was altered, added, or follows one that was taken away.
    pub seq: i64,
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
    /// Reads the whole audit trail and recomputes every hash. A chain whose last rows were cut off still holds: compare the
    /// ends with those you have noted elsewhere.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn verify_audit(&self) -> Result<AuditReport, StoreError> {
        let mut report = AuditReport::default();
        let mut end: Option<audit::Model> = None;
        loop {
            let page = self.audit_page(end.as_ref()).await?;
            if page.is_empty() {
                return Ok(report);
            }
            for row in page {
                check(&row, end.as_ref(), &mut report);
                end = Some(row);
            }
        }
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
    if !holds && report.faults.last().is_none_or(|fault| fault.chain != row.chain) {
        report.faults.push(AuditFault { chain: row.chain, seq: row.seq });
    }
}
