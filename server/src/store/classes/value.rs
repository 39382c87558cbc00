//! What stands in a column, as JSON. Called by what goes through all tables. Must not leave anything out: who is given what is for
//! the caller to say.

use super::{Column, Table, Type};
use crate::store::{Sealer, StoreError, sent};
use sea_orm::QueryResult;
use serde_json::Value as Json;
use skolstart_shared::Timestamp;
use uuid::Uuid;

/// A value that is not sealed. Hashes say nothing without what they were made of.
pub(in crate::store) fn plain(column: &Column, row: &QueryResult) -> Result<Json, StoreError> {
    let name = column.name.as_str();
    Ok(match column.is {
        Type::Uuid => row.try_get::<Option<Uuid>>("", name)?.map(|id| id.to_string()).into(),
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
pub(in crate::store) fn opened(
    sealer: &Sealer,
    table: &Table,
    column: &Column,
    row: &QueryResult,
) -> Result<Json, StoreError> {
    let sealed = row.try_get::<Option<Vec<u8>>>("", &column.name)?.unwrap_or_default();
    let Some(bound) = table.row.as_deref().filter(|_| !sealed.is_empty()) else { return Ok(Json::Null) };
    let id: Uuid = row.try_get("", bound)?;
    if table.name == "submission" {
        let content = sent::open_cell(sealer, id, row.try_get("", "sender_id")?, &sealed)?;
        return serde_json::to_value(content).map_err(|_| StoreError::Corrupt("a sealed value"));
    }
    let plain = sealer.open(&table.name, &column.name, id, &sealed);
    let plain = plain.map_err(|_| StoreError::Corrupt("a sealed value"))?;
    let text = || Json::from(String::from_utf8_lossy(&plain).into_owned());
    let value = serde_json::from_slice::<Json>(&plain).ok().filter(|_| table.name != "person_identifier");
    Ok(value.unwrap_or_else(text))
}
