//! Whether PostgreSQL keeps what it has said yes to. Called by `open`. Must not know a table.

use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, DbErr, Statement};

/// What a receipt rests on, as PostgreSQL calls it, and what it must not be.
const SETTINGS: [(&str, &str); 3] =
    [("fsync", "off"), ("full_page_writes", "off"), ("synchronous_commit", "off")];

/// Those of the settings that let PostgreSQL lose what it has committed. None for SQLite, which is asked elsewhere.
pub(super) async fn switched_off(db: &DatabaseConnection) -> Result<Vec<&'static str>, DbErr> {
    if db.get_database_backend() != DbBackend::Postgres {
        return Ok(Vec::new());
    }
    let mut off = Vec::new();
    for (name, unsafe_value) in SETTINGS {
        let asked = Statement::from_string(DbBackend::Postgres, format!("SHOW {name}"));
        let row = db.query_one_raw(asked).await?;
        let value: Option<String> = row.map(|row| row.try_get_by_index(0)).transpose()?;
        if value.as_deref() == Some(unsafe_value) {
            off.push(name);
        }
    }
    Ok(off)
}

#[cfg(test)]
mod tests {
    use super::*;
    use sea_orm::Database;

    #[tokio::test]
    async fn sqlite_has_none_of_these() {
        let db = Database::connect("sqlite::memory:").await.unwrap();
        assert_eq!(switched_off(&db).await.unwrap(), Vec::<&str>::new());
    }
}
