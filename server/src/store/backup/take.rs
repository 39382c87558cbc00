//! Reads every row as it is at one moment, while the service goes on. Called by the back-up command through [`Store`].

use super::contents::{Contents, Keys, Kind, Table, all};
use super::stream::{self, Cell};
use super::{BackupError, StoreError};
use crate::store::Store;
use crate::store::seal::hex;
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, QueryResult};
use std::io::Write;

/// Rows read at a time. The largest are parts of files, 256 kB each.
const PAGE: i64 = 200;

impl Store {
    /// Writes everything to `output`, as it is at this moment. Others write meanwhile and are not held up.
    ///
    /// # Errors
    /// When the database cannot be read, or the output cannot be written.
    pub async fn back_up(&self, output: &mut (dyn Write + Send)) -> Result<Contents, BackupError> {
        let transaction = self.db().one_moment().await?;
        let mut contents = Contents::of(&transaction).await?;
        let keys = self.sealer().persons()?;
        contents.keys = Some(Keys { id: hex(&keys.id()), made: keys.made()? });
        stream::begin(output, &contents)?;
        for table in &contents.tables {
            rows(&transaction, table, output).await?;
        }
        stream::end(output)?;
        transaction.rollback().await?;
        Ok(contents)
    }

    /// Writes the keys of persons to `output`, sealed with the key of the key file. After the rows: then no key is missing that one
    /// of them needs. Says how many people have one.
    ///
    /// # Errors
    /// When they cannot be read, or the output cannot be written.
    pub fn back_up_keys(&self, output: &mut dyn Write) -> Result<usize, BackupError> {
        let keys = self.sealer().persons()?;
        keys.copy(output)?;
        Ok(keys.people())
    }
}

async fn rows(
    db: &DatabaseTransaction,
    table: &Table,
    output: &mut (dyn Write + Send),
) -> Result<(), BackupError> {
    let names: Vec<String> = table.columns.iter().map(|column| format!("\"{}\"", column.name)).collect();
    let (names, name) = (names.join(", "), &table.name);
    // Of its own name: the driver remembers what columns a text gives.
    let cursor = format!("backup_of_{name}");
    let is_postgres = db.get_database_backend() == DbBackend::Postgres;
    if is_postgres {
        db.execute_unprepared(&format!(
            "DECLARE {cursor} NO SCROLL CURSOR FOR SELECT {names} FROM \"{name}\""
        ))
        .await?;
    }
    let (mut written, mut after) = (0, i64::MIN);
    loop {
        let page = if is_postgres {
            all(db, format!("FETCH {PAGE} FROM {cursor}")).await?
        } else {
            let sql = format!(
                "SELECT {names}, rowid FROM \"{name}\" WHERE rowid > {after} ORDER BY rowid LIMIT {PAGE}"
            );
            all(db, sql).await?
        };
        let Some(last) = page.last() else { break };
        if !is_postgres {
            after = last.try_get_by_index(table.columns.len())?;
        }
        for row in &page {
            for (at, column) in table.columns.iter().enumerate() {
                stream::put(output, &cell(row, at, column.kind, is_postgres)?)?;
            }
        }
        written += page.len() as u64;
    }
    if is_postgres {
        db.execute_unprepared(&format!("CLOSE {cursor}")).await?;
    }
    if written == table.rows {
        Ok(())
    } else {
        Err(BackupError::Differs(format!("{name} has {} rows, {written} were read", table.rows)))
    }
}

fn cell(row: &QueryResult, at: usize, kind: Kind, is_postgres: bool) -> Result<Cell, StoreError> {
    let found = match kind {
        Kind::Uuid => row.try_get_by_index::<Option<_>>(at)?.map(Cell::Uuid),
        // SQLite has one kind of number, and says *integer* of long ones too.
        Kind::Integer if is_postgres => {
            row.try_get_by_index::<Option<i32>>(at)?.map(|number| Cell::Number(number.into()))
        }
        Kind::Integer | Kind::BigInteger => row.try_get_by_index::<Option<_>>(at)?.map(Cell::Number),
        Kind::Boolean => row.try_get_by_index::<Option<_>>(at)?.map(Cell::Flag),
        Kind::Text => row.try_get_by_index::<Option<_>>(at)?.map(Cell::Text),
        Kind::Bytes => row.try_get_by_index::<Option<_>>(at)?.map(Cell::Bytes),
    };
    Ok(found.unwrap_or(Cell::Nothing))
}
