//! Everything that a database holds, as text, to see whether it has changed.

use crate::site::Site;
use sea_orm::{ConnectionTrait, DatabaseConnection, Statement};
use std::collections::BTreeMap;

/// What may change when somebody reads: what was read is noted, and a session that is used lives on.
const BY_READING: [&str; 2] = ["audit", "session"];

/// The rows of every table but those that reading writes, and how many tables that is.
pub(crate) async fn contents(site: &Site) -> BTreeMap<String, Vec<String>> {
    let db = site.raw().await;
    let tables = if site.is_sqlite() {
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    } else {
        "SELECT table_name::text FROM information_schema.tables WHERE table_schema = 'public'"
    };
    let mut found = BTreeMap::new();
    for table in texts(&db, tables).await {
        if !BY_READING.contains(&table.as_str()) {
            let rows = texts(&db, &rows_of(&db, site.is_sqlite(), &table).await).await;
            found.insert(table, rows);
        }
    }
    db.close().await.unwrap();
    assert!(found.len() > 15 && !found["person"].is_empty());
    found
}

async fn rows_of(db: &DatabaseConnection, sqlite: bool, table: &str) -> String {
    if !sqlite {
        return format!("SELECT t::text FROM \"{table}\" AS t ORDER BY 1");
    }
    let columns =
        texts(db, &format!("SELECT 'quote(\"' || name || '\")' FROM pragma_table_info('{table}')")).await;
    format!("SELECT {} FROM \"{table}\" ORDER BY 1", columns.join(" || ',' || "))
}

async fn texts(db: &DatabaseConnection, sql: &str) -> Vec<String> {
    let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap();
    rows.iter().map(|row| row.try_get_by_index(0).unwrap()).collect()
}
