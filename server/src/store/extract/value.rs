//! What stands in a column, as whoever reads the extract is told it.

use super::Desk;
use crate::store::StoreError;
use crate::store::classes::{Column, Table, Type};
use sea_orm::QueryResult;
use serde_json::Value as Json;
use skolstart_shared::Timestamp;
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
            Type::Text | Type::Day => row.try_get::<Option<String>>("", name)?.into(),
            Type::Time => {
                row.try_get::<Option<i64>>("", name)?.map(|at| Timestamp::from_millis(at).to_string()).into()
            }
            Type::Int => match row.try_get::<Option<i32>>("", name) {
                Ok(number) => number.into(),
                Err(_) => row.try_get::<Option<i64>>("", name)?.into(),
            },
            Type::Bool => row.try_get::<Option<bool>>("", name)?.into(),
            Type::Blob | Type::Sealed => Json::Null,
        })
    }

    /// A value that is sealed, opened.
    pub(super) fn opened(
        &self,
        table: &Table,
        column: &Column,
        row: &QueryResult,
    ) -> Result<Json, StoreError> {
        let sealed: Vec<u8> = row.try_get("", &column.name)?;
        let Some(bound) = table.row.as_deref().filter(|_| !sealed.is_empty()) else { return Ok(Json::Null) };
        let id: Uuid = row.try_get("", bound)?;
        let plain = self.store.sealer().open(&table.name, &column.name, id, &sealed);
        let plain = plain.map_err(|_| StoreError::Corrupt("a sealed value"))?;
        let text = || Json::from(String::from_utf8_lossy(&plain).into_owned());
        let value = serde_json::from_slice::<Json>(&plain).ok().filter(|_| table.name != "person_identifier");
        Ok(self.others.without_ids(value.unwrap_or_else(text), self.who))
    }
}
