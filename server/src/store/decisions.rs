//! Decisions about consents, as rows and as the domain knows them. Called by the store's own reading.

use super::entity::consent_decision;
use super::rows::for_in;
use super::together::ByPerson;
use super::{Store, StoreError};
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use skolstart_shared::Timestamp;
use skolstart_shared::consent::{ConsentChoice, ConsentDecision, ConsentPurpose};
use skolstart_shared::form::{ActKey, FieldKey, FormKey};
use skolstart_shared::id::PersonId;
use std::sync::Arc;
use uuid::Uuid;

impl Store {
    /// Each person's latest decision about each purpose, for these children.
    pub(super) async fn latest_decisions(
        &self,
        children: Vec<Uuid>,
    ) -> Result<Vec<Arc<consent_decision::Model>>, StoreError> {
        self.inner.memory.decisions.about(children, |children| latest(self.db(), children)).await
    }
}

async fn latest<C: ConnectionTrait>(
    db: &C,
    children: Vec<Uuid>,
) -> Result<ByPerson<Arc<consent_decision::Model>>, StoreError> {
    use consent_decision::Column::{ActKey, ById, ChildId, FieldKey, FormKey, Seq};
    // What stands is decided by the latest; what came before is history, and grows for thirteen years.
    let newest = Query::select()
        .expr(Expr::col(Seq).max())
        .from(consent_decision::Entity)
        .and_where(Expr::col(ChildId).is_in(for_in(children)))
        .group_by_columns([ChildId, FormKey, ActKey, FieldKey, ById])
        .take();
    let rows = consent_decision::Entity::find().filter(Seq.in_subquery(newest)).all(db).await?;
    let mut found = ByPerson::new();
    for row in rows {
        found.entry(row.child_id).or_insert_with(Vec::new).push(Arc::new(row));
    }
    Ok(found)
}

/// A row as the domain knows it.
pub(super) fn decision(row: &consent_decision::Model) -> Result<ConsentDecision, StoreError> {
    Ok(ConsentDecision {
        purpose: ConsentPurpose {
            form: FormKey(row.form_key.clone()),
            act: ActKey(row.act_key.clone()),
            field: FieldKey(row.field_key.clone()),
        },
        by: PersonId(row.by_id),
        choice: ConsentChoice::from_name(&row.choice).ok_or(StoreError::Corrupt("consent_decision"))?,
        at: Timestamp::from_millis(row.at),
        seq: row.seq,
        form_version: u32::try_from(row.form_version).unwrap_or(0),
    })
}
