//! What stands in a column, as whoever reads the extract is told it.

use super::Desk;
use crate::store::StoreError;
use crate::store::classes::{self, Column, Table, Type};
use sea_orm::QueryResult;
use serde_json::Value as Json;
use skolstart_shared::fact::{ElementKey, Sharing};
use uuid::Uuid;

impl Desk<'_> {
    pub(super) fn is_giver_only(&self, element: &str) -> bool {
        let published = self.store.published();
        let known = published.catalogue().get(&ElementKey(element.to_owned()));
        // What is not in the catalogue any more is not told either.
        known.is_none_or(|element| element.sharing == Sharing::GiverOnly)
    }

    /// A value that is not sealed.
    pub(super) async fn plain(&self, column: &Column, row: &QueryResult) -> Result<Json, StoreError> {
        let name = column.name.as_str();
        Ok(match column.is {
            Type::Uuid => match row.try_get::<Option<Uuid>>("", name)? {
                Some(id) => self.others.name(self.store.db(), id, self.who).await?.into(),
                None => Json::Null,
            },
            Type::Text if name == "receipt" => {
                let text: String = row.try_get("", name)?;
                self.others.without_ids(serde_json::from_str(&text).unwrap_or(Json::Null), self.who)
            }
            _ => classes::plain(column, row)?,
        })
    }

    /// A value that is sealed, opened.
    pub(super) fn opened(
        &self,
        table: &Table,
        column: &Column,
        row: &QueryResult,
    ) -> Result<Json, StoreError> {
        let value = classes::opened(self.store.sealer(), table, column, row)?;
        Ok(self.others.without_ids(value, self.who))
    }
}
