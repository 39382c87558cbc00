use super::plan::{SealedPlan, Submitted};
use crate::store::StoreError;
use crate::store::audit::AuditEntry;
use sea_orm::DatabaseTransaction;
use skolstart_shared::Timestamp;
pub(in crate::store) async fn write(_db: &DatabaseTransaction, _plans: &[&SealedPlan], _now: Timestamp, _entries: &mut Vec<AuditEntry>) -> Result<Vec<Submitted>, StoreError> { Ok(Vec::new()) }
