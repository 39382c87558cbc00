use crate::policy::{Grant, ReadOwnSubmissions};
use crate::store::entity::fact;
use crate::store::{Store, StoreError};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use skolstart_shared::Timestamp;
use skolstart_shared::consent::ConsentDecision;
use skolstart_shared::fact::{ElementKey, Source, Value};
use skolstart_shared::id::PersonId;

/// One line of the history of what is known.
#[derive(Clone, Debug)]
pub struct FactLine {
    /// What.
    pub element: ElementKey,
    /// The value then.
    pub value: Value,
    /// Where it came from.
    pub source: Source,
    /// Who gave it; nobody for a register.
    pub by: Option<PersonId>,
    /// When.
    pub at: Timestamp,
    /// The same version twice: the second time it was said to be right.
    pub version: u32,
}

impl Store {
    /// Everything that was ever given or decided about the child of the grant, oldest first.
    ///
    /// # Errors
    /// When the database cannot be read, or a value was altered.
    pub async fn history(
        &self,
        grant: &Grant<ReadOwnSubmissions>,
    ) -> Result<(Vec<FactLine>, Vec<ConsentDecision>), StoreError> {
        let Some(child) = grant.child() else { return Ok((Vec::new(), Vec::new())) };
        let rows = fact::Entity::find()
            .filter(fact::Column::SubjectId.eq(child.0))
            .order_by_asc(fact::Column::At)
            .order_by_asc(fact::Column::Id)
            .all(self.db())
            .await?;
        let facts = rows.into_iter().map(|row| self.fact_line(row)).collect::<Result<_, _>>()?;
        let mut decisions =
            super::home::decisions(self.db(), &[child.0]).await?.remove(&child).unwrap_or_default();
        decisions.sort_by_key(|decision| decision.seq);
        Ok((facts, decisions))
    }

    fn fact_line(&self, row: fact::Model) -> Result<FactLine, StoreError> {
        let corrupt = StoreError::Corrupt("fact");
        let plain = self.sealer().open("fact", "value", row.id, &row.value).map_err(|_| corrupt.clone())?;
        let source =
            [("register", Source::Register), ("guardian", Source::Guardian), ("staff", Source::Staff)];
        let source = source.iter().find(|(word, _)| *word == row.source).ok_or_else(|| corrupt.clone())?.1;
        Ok(FactLine {
            element: ElementKey(row.element),
            value: serde_json::from_slice(&plain).map_err(|_| corrupt)?,
            source,
            by: row.by_id.map(PersonId),
            at: Timestamp::from_millis(row.at),
            version: u32::try_from(row.version).unwrap_or(0),
        })
    }
}
