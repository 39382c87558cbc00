//! What a back-up says about itself, before its rows. Called by `take` and `put_back`.

use super::BackupError;
use sea_orm::{ConnectionTrait, DbBackend, QueryResult, Statement};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// Tables whose rows stay behind: nobody is signed in again by a restore, and the migrations are done anew.
const LEFT_OUT: [&str; 2] = ["session", "seaql_migrations"];

/// What a column holds, whatever the database calls it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Kind {
    Uuid,
    Integer,
    BigInteger,
    Boolean,
    Text,
    Bytes,
}

impl Kind {
    fn of(declared: &str) -> Option<Self> {
        Some(match declared.to_ascii_lowercase().as_str() {
            "uuid" | "uuid_text" | "uuid_blob" => Self::Uuid,
            "integer" | "int" => Self::Integer,
            "bigint" => Self::BigInteger,
            "boolean" => Self::Boolean,
            "text" | "character varying" | "varchar" => Self::Text,
            "blob" | "bytea" => Self::Bytes,
            _ => return None,
        })
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Column {
    pub(super) name: String,
    pub(super) kind: Kind,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Table {
    pub(super) name: String,
    pub(super) columns: Vec<Column>,
    pub(super) rows: u64,
}

/// The end of one chain of the audit trail.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct End {
    pub(super) chain: Uuid,
    pub(super) seq: i64,
    pub(super) hash: Vec<u8>,
}

/// Where the audit trail ended: one text to note elsewhere and to compare with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// How many chains.
    pub chains: usize,
    /// SHA-256 over the ends of all chains.
    pub digest: String,
}

/// Which keys of persons a back-up needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Keys {
    /// The store of keys, in hex.
    pub(super) id: String,
    /// How many had been made.
    pub(super) made: u64,
}

/// What a back-up holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contents {
    pub(super) migrations: Vec<String>,
    pub(super) tables: Vec<Table>,
    pub(super) ends: Vec<End>,
    /// `None`: it was taken before persons had keys.
    #[serde(default)]
    pub(super) keys: Option<Keys>,
}

impl Contents {
    /// How many rows.
    pub fn rows(&self) -> u64 {
        self.tables.iter().map(|table| table.rows).sum()
    }

    /// How many tables.
    pub fn tables(&self) -> usize {
        self.tables.len()
    }

    /// Where the audit trail ends.
    pub fn head(&self) -> Head {
        let mut digest = Sha256::new();
        for end in &self.ends {
            digest.update(end.chain.as_bytes());
            digest.update(end.seq.to_be_bytes());
            digest.update(&end.hash);
        }
        let digest = digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        Head { chains: self.ends.len(), digest }
    }

    /// Reads it from a database, within the transaction whose rows it is about.
    pub(super) async fn of(db: &impl ConnectionTrait) -> Result<Self, BackupError> {
        let mut tables = Vec::new();
        for name in names(db).await? {
            let columns = columns(db, &name).await?;
            let rows = one(db, format!("SELECT COUNT(*) FROM \"{name}\"")).await?;
            tables.push(Table { name, columns, rows: u64::try_from(rows).unwrap_or(0) });
        }
        let migrations = "SELECT version FROM seaql_migrations ORDER BY version";
        let migrations = texts(db, migrations.to_owned()).await?;
        Ok(Self { migrations, tables, ends: ends(db).await?, keys: None })
    }
}

pub(super) async fn all(db: &impl ConnectionTrait, sql: String) -> Result<Vec<QueryResult>, BackupError> {
    Ok(db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await?)
}

async fn texts(db: &impl ConnectionTrait, sql: String) -> Result<Vec<String>, BackupError> {
    let rows = all(db, sql).await?;
    Ok(rows.iter().map(|row| row.try_get_by_index(0)).collect::<Result<_, _>>()?)
}

pub(super) async fn one(db: &impl ConnectionTrait, sql: String) -> Result<i64, BackupError> {
    let rows = all(db, sql).await?;
    let row = rows.first().ok_or(BackupError::NotOurs)?;
    Ok(row.try_get_by_index(0)?)
}

/// The tables whose rows are taken, by name.
async fn names(db: &impl ConnectionTrait) -> Result<Vec<String>, BackupError> {
    let sql = match db.get_database_backend() {
        DbBackend::Postgres => {
            "SELECT table_name::text FROM information_schema.tables WHERE table_schema = current_schema() \
             AND table_type = 'BASE TABLE'"
        }
        _ => "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!'",
    };
    let mut names = texts(db, sql.to_owned()).await?;
    names.retain(|name| !LEFT_OUT.contains(&name.as_str()));
    names.sort();
    Ok(names)
}

async fn columns(db: &impl ConnectionTrait, table: &str) -> Result<Vec<Column>, BackupError> {
    let sql = match db.get_database_backend() {
        DbBackend::Postgres => format!(
            "SELECT column_name::text, data_type::text FROM information_schema.columns \
             WHERE table_schema = current_schema() AND table_name = '{table}' ORDER BY column_name"
        ),
        _ => format!("SELECT name, type FROM pragma_table_info('{table}') ORDER BY name"),
    };
    let mut columns = Vec::new();
    for row in all(db, sql).await? {
        let (name, declared): (String, String) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
        // Better no back-up than one that has left something out.
        let kind = Kind::of(&declared).ok_or_else(|| {
            BackupError::Differs(format!("the column {name} of {table} has the unknown kind {declared}"))
        })?;
        columns.push(Column { name, kind });
    }
    Ok(columns)
}

async fn ends(db: &impl ConnectionTrait) -> Result<Vec<End>, BackupError> {
    let sql = "SELECT a.chain, a.seq, a.hash FROM audit a \
               JOIN (SELECT chain, MAX(seq) AS seq FROM audit GROUP BY chain) e ON a.chain = e.chain AND a.seq = e.seq";
    let mut ends = Vec::new();
    for row in all(db, sql.to_owned()).await? {
        let (chain, seq, hash) =
            (row.try_get_by_index(0)?, row.try_get_by_index(1)?, row.try_get_by_index(2)?);
        ends.push(End { chain, seq, hash });
    }
    ends.sort();
    Ok(ends)
}
