//! The rows of each table that are in the archive of a child.

use super::Archiving;
use crate::store::classes::{self, Archive, Table, Type, tables};
use crate::store::{ExtractRow, Section, StoreError};
use sea_orm::{ConnectionTrait, QueryResult, Statement};
use serde_json::Value as Json;
use skolstart_shared::id::PersonId;

impl Archiving {
    /// By table, those that have rows.
    pub(super) async fn sections(&self, child: PersonId) -> Result<Vec<Section>, StoreError> {
        let all = tables()?;
        let mut sections = Vec::new();
        for table in &all {
            let Some(filter) = filter(table, &all, self.round().is_some())? else { continue };
            let rows = self.rows(table, &filter, child).await?;
            let rows: Vec<ExtractRow> =
                rows.iter().map(|row| self.line(table, row)).collect::<Result<_, _>>()?;
            if !rows.is_empty() {
                sections.push(Section { table: table.name.clone(), rows, withheld: 0 });
            }
        }
        Ok(sections)
    }

    async fn rows(
        &self,
        table: &Table,
        filter: &str,
        child: PersonId,
    ) -> Result<Vec<QueryResult>, StoreError> {
        let sql = format!("SELECT {0}.* FROM {0} WHERE {filter} ORDER BY {1}", table.name, order(table));
        let mut values = vec![child.0.into()];
        values.extend(self.round().filter(|_| sql.contains("$2")).map(|round| round.0.into()));
        let statement = Statement::from_sql_and_values(self.db.get_database_backend(), sql, values);
        Ok(self.db.query_all_raw(statement).await?)
    }

    fn line(&self, table: &Table, row: &QueryResult) -> Result<ExtractRow, StoreError> {
        let kept = table.columns.iter().filter(|column| column.is != Type::Blob);
        let values = kept.map(|column| {
            let value = match column.is {
                Type::Sealed => without_hashes(classes::opened(self.store.sealer(), table, column, row)?),
                _ => classes::plain(column, row)?,
            };
            Ok((column.name.clone(), value))
        });
        values.collect()
    }
}

/// As things happened: by the first time there is, then as they were counted, then by what comes first.
fn order(table: &Table) -> String {
    let time = table.columns.iter().find(|column| column.is == Type::Time);
    let counted = table.columns.iter().find(|column| column.name == "seq");
    let named = time.into_iter().chain(counted).map(|column| format!("{}.{}, ", table.name, column.name));
    format!("{}1, 2", named.collect::<String>())
}

/// Which rows: `$1` is the child, `$2` the round. `None`: none of this table.
fn filter(table: &Table, all: &[Table], of_round: bool) -> Result<Option<String>, StoreError> {
    let name = &table.name;
    Ok(match &table.archive {
        None | Some(Archive::No(_) | Archive::Sent) => None,
        Some(Archive::Rows(child, tie)) => {
            let tie = tie.as_deref().filter(|_| of_round).map(|tie| match tie {
                "round_id" => format!(" AND {name}.round_id = $2"),
                // What came with no submission, or with one that is gone, belongs to no other round.
                tie => format!(
                    " AND NOT EXISTS (SELECT 1 FROM submission s WHERE s.id = {name}.{tie} AND s.round_id <> $2)"
                ),
            });
            Some(format!("{name}.{child} = $1{}", tie.unwrap_or_default()))
        }
        Some(Archive::Via) => {
            let corrupt = StoreError::Corrupt("classes");
            let (own, other, there) = table.via.as_ref().ok_or_else(|| corrupt.clone())?;
            let other = all.iter().find(|table| table.name == *other).ok_or(corrupt)?;
            filter(other, all, of_round)?
                .map(|inner| format!("{name}.{own} IN (SELECT {there} FROM {} WHERE {inner})", other.name))
        }
    })
}

/// What a register record was compared by says nothing to anybody.
fn without_hashes(value: Json) -> Json {
    match value {
        Json::Array(all) => all.into_iter().map(without_hashes).collect(),
        Json::Object(all) => {
            let kept = all.into_iter().filter(|(name, _)| name != "source_hash" && name != "blind");
            kept.map(|(name, value)| (name, without_hashes(value))).collect()
        }
        other => other,
    }
}
