//! What an archive says. It is the record of a Swedish authority: in Swedish, whoever takes it out.

use crate::i18n::{self, t_all, t_of};
use crate::usecase::rows;
use serde_json::{Map, Value as Json, json};
use skolstart_shared::Locale;

pub(super) const RECORD: Locale = Locale::Sv;

/// The sentence of `key`.
pub(super) fn t(key: &'static str) -> &'static str {
    i18n::t(key, RECORD)
}

/// The sentence of `key` with its values.
pub(super) fn t_with(key: &'static str, values: &[(&str, &str)]) -> String {
    i18n::t_with(key, RECORD, values)
}

/// What a code says; a code that is not known, itself.
pub(super) fn word<'a>(column: &str, code: &'a str) -> &'a str {
    rows::word(column, code, RECORD)
}

/// What a table is called, as somebody reads it who is not the one it is about.
pub(super) fn title(table: &str) -> &str {
    t_of("archive.table.", table, RECORD).unwrap_or(table)
}

/// A value as text.
pub(super) fn words(value: &Json) -> String {
    rows::words(value, RECORD)
}

/// Columns and what they are called: those that stand in extracts too, as there.
pub(super) fn labels() -> Map<String, Json> {
    let all = t_all("extract.column.", RECORD).chain(t_all("archive.column.", RECORD));
    all.map(|(column, label)| (column.to_owned(), label.into())).collect()
}

/// By column, codes and what they say.
pub(super) fn codes() -> Map<String, Json> {
    let mut all = Map::new();
    for (name, word) in t_all("code.", RECORD) {
        let Some((column, code)) = name.rsplit_once('.') else { continue };
        if let Some(of) = all.entry(column).or_insert_with(|| json!({})).as_object_mut() {
            of.insert(code.to_owned(), word.into());
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::classes::{Archive, Table, Type, tables};
    use std::collections::BTreeSet;

    #[test]
    fn every_table_and_column_of_an_archive_has_a_name_for_people_and_nothing_else_has() {
        let tables = tables().unwrap();
        let is_archived = |table: &&Table| matches!(table.archive, Some(Archive::Rows(..) | Archive::Via));
        let archived: Vec<&Table> = tables.iter().filter(is_archived).collect();
        let titles: BTreeSet<&str> = t_all("archive.table.", RECORD).map(|(name, _)| name).collect();
        assert_eq!(titles, archived.iter().map(|table| table.name.as_str()).collect());
        let columns = archived.iter().flat_map(|table| &table.columns);
        let columns: BTreeSet<&str> =
            columns.filter(|column| column.is != Type::Blob).map(|column| column.name.as_str()).collect();
        let labels = labels();
        let nameless: Vec<_> = columns.iter().filter(|column| !labels.contains_key(**column)).collect();
        assert!(nameless.is_empty(), "{nameless:?}");
        let own: BTreeSet<&str> = t_all("archive.column.", RECORD).map(|(name, _)| name).collect();
        assert!(own.is_subset(&columns), "{own:?}");
    }
}
