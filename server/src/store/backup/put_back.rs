//! Puts the rows of a back-up into an empty database of either kind, and proves that they are all there.
//! Called by the restore command. Must not write into a database that has rows.

use super::BackupError;
use super::contents::{Column, Contents, Kind, Table, all, one};
use super::stream::{self, Cell};
use crate::store::connect;
use crate::store::migration::Migrator;
use crate::store::seal::{PersonKeys, PersonKeysError, hex};
use crate::store::{person_mark, unreadable};
use sea_orm::sea_query::{Query, Value};
use sea_orm::{ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, TransactionTrait};
use sea_orm_migration::MigratorTrait;
use std::collections::BTreeSet;
use std::io::Read;
use std::path::Path;
use uuid::Uuid;

/// The most values in one statement. SQLite takes 32,766.
const MOST_VALUES: usize = 10_000;
/// The most bytes in one statement.
const MOST_BYTES: usize = 4 << 20;

/// What was put back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PutBack {
    /// What the back-up holds.
    pub contents: Contents,
    /// The people in it whose keys are gone, because they were erased after it was taken or because older keys had to do: nothing
    /// opens what was sealed for them, and it was left out.
    pub without_keys: BTreeSet<Uuid>,
}

/// Puts a back-up into the empty database at `url`. All of it or nothing; then the tables are brought up to date. `person_keys`: the
/// file of the keys of persons, as new as the back-up or newer; older ones only when `takes_older` says that the newest are lost, and what
/// only those could open is left out.
///
/// # Errors
/// When the database is not empty, the back-up is not whole or newer than this program, what was put back differs, or the keys of
/// persons are not those that it needs.
pub async fn restore(
    url: &str,
    person_keys: &Path,
    takes_older: bool,
    input: &mut (dyn Read + Send),
) -> Result<PutBack, BackupError> {
    let contents = stream::contents(input)?;
    let keys = keys_for(&contents, person_keys, takes_older)?;
    let db = connect::writing(url).await?;
    let known: Vec<String> = Migrator::migrations().iter().map(|one| one.name().to_owned()).collect();
    if let Some(newer) = contents.migrations.iter().find(|name| !known.contains(name)) {
        return Err(BackupError::Newer(newer.clone()));
    }
    // The tables as they were then; what has changed since is done to the rows afterwards, as in a database that was in use.
    let steps = known.iter().take_while(|name| contents.migrations.contains(name)).count();
    if steps != contents.migrations.len() {
        return Err(BackupError::NotOurs);
    }
    let there = Migrator::get_applied_migrations(&db).await.map_or(0, |applied| applied.len());
    if there < steps {
        Migrator::up(&db, u32::try_from(steps - there).ok()).await?;
    }
    let without_keys = fill(&db, &contents, input, keys.as_ref()).await?;
    Migrator::up(&db, None).await?;
    db.close().await?;
    Ok(PutBack { contents, without_keys })
}

/// The keys of persons that the back-up needs. `None`: it needs none.
fn keys_for(contents: &Contents, file: &Path, takes_older: bool) -> Result<Option<PersonKeys>, BackupError> {
    let Some(needed) = &contents.keys else { return Ok(None) };
    if !file.exists() {
        return Err(PersonKeysError::Missing(file.to_owned()).into());
    }
    let keys = PersonKeys::open(file, None)?;
    if hex(&keys.id()) != needed.id {
        return Err(BackupError::OtherKeys(file.to_owned()));
    }
    if keys.made()? < needed.made && !takes_older {
        return Err(BackupError::OlderKeys(file.to_owned()));
    }
    Ok(Some(keys))
}

async fn fill(
    db: &DatabaseConnection,
    contents: &Contents,
    input: &mut (dyn Read + Send),
    keys: Option<&PersonKeys>,
) -> Result<BTreeSet<Uuid>, BackupError> {
    let is_postgres = db.get_database_backend() == DbBackend::Postgres;
    if !is_postgres {
        // Cannot be said within a transaction; the same single connection does everything here.
        db.execute_unprepared("PRAGMA foreign_keys = OFF").await?;
    }
    let transaction = db.begin().await?;
    let constraints = if is_postgres { set_aside(&transaction).await? } else { Vec::new() };
    let here = Contents::of(&transaction).await?;
    for table in &contents.tables {
        let target = here.tables.iter().find(|target| target.name == table.name);
        let target =
            target.ok_or_else(|| BackupError::Differs(format!("there is no table {}", table.name)))?;
        if target.rows > 0 {
            return Err(BackupError::NotEmpty(table.name.clone()));
        }
        rows(&transaction, table, target, input).await?;
    }
    stream::ended(input)?;
    for constraint in constraints {
        transaction.execute_unprepared(&constraint).await?;
    }
    if is_postgres {
        follow_on(&transaction).await?;
    } else if let Some(row) = all(&transaction, "PRAGMA foreign_key_check".to_owned()).await?.first() {
        let table: String = row.try_get_by_index(0)?;
        return Err(BackupError::Differs(format!("a row of {table} points to nothing")));
    }
    let now = Contents::of(&transaction).await?;
    let counts =
        |of: &Contents| of.tables.iter().map(|table| (table.name.clone(), table.rows)).collect::<Vec<_>>();
    if now.head() != contents.head() || counts(&now) != counts(contents) {
        return Err(BackupError::Differs("the rows or the audit head".to_owned()));
    }
    let without_keys = match keys {
        Some(keys) => leave_out(&transaction, contents, keys).await?,
        None => BTreeSet::new(),
    };
    transaction.commit().await?;
    Ok(without_keys)
}

/// Leaves out what none of these keys opens, and notes that they are the newest. Says whose it was.
async fn leave_out(
    db: &DatabaseTransaction,
    contents: &Contents,
    keys: &PersonKeys,
) -> Result<BTreeSet<Uuid>, BackupError> {
    let is_there = |name: &str| contents.tables.iter().any(|table| table.name == name);
    let found = unreadable::find(db, is_there, keys).await?;
    unreadable::delete(db, &found).await?;
    person_mark::replace(db, keys.mark()?).await?;
    Ok(unreadable::people(&found))
}

/// Takes the foreign keys away and says how to make them again: rows come in the order of the tables' names.
async fn set_aside(db: &DatabaseTransaction) -> Result<Vec<String>, BackupError> {
    let sql = "SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint \
               WHERE contype = 'f' AND connamespace = current_schema()::regnamespace";
    let mut again = Vec::new();
    for row in all(db, sql.to_owned()).await? {
        let (table, name, what): (String, String, String) =
            (row.try_get_by_index(0)?, row.try_get_by_index(1)?, row.try_get_by_index(2)?);
        db.execute_unprepared(&format!("ALTER TABLE {table} DROP CONSTRAINT {name}")).await?;
        again.push(format!("ALTER TABLE {table} ADD CONSTRAINT {name} {what}"));
    }
    Ok(again)
}

/// Numbers that the database itself gives go on after the last one.
async fn follow_on(db: &DatabaseTransaction) -> Result<(), BackupError> {
    let sql = "SELECT table_name::text, column_name::text FROM information_schema.columns \
               WHERE table_schema = current_schema() AND (column_default LIKE 'nextval(%' OR is_identity = 'YES')";
    for row in all(db, sql.to_owned()).await? {
        let (table, column): (String, String) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
        let next = format!(
            "SELECT setval(pg_get_serial_sequence('\"{table}\"', '{column}'), \
             (SELECT COALESCE(MAX(\"{column}\"), 0) + 1 FROM \"{table}\"), false)"
        );
        one(db, next).await?;
    }
    Ok(())
}

async fn rows(
    db: &DatabaseTransaction,
    table: &Table,
    target: &Table,
    input: &mut (dyn Read + Send),
) -> Result<(), BackupError> {
    let kind = |column: &Column| {
        let found = target.columns.iter().find(|target| target.name == column.name);
        let missing = || BackupError::Differs(format!("{} has no column {}", table.name, column.name));
        Ok(found.ok_or_else(missing)?.kind)
    };
    let kinds: Vec<Kind> = table.columns.iter().map(kind).collect::<Result<_, BackupError>>()?;
    let mut left = table.rows;
    while left > 0 {
        let mut insert = Query::insert();
        insert.into_table(table.name.clone());
        insert.columns(table.columns.iter().map(|column| column.name.clone()));
        let (mut values, mut bytes) = (0, 0);
        while left > 0 && values + kinds.len() <= MOST_VALUES && bytes < MOST_BYTES {
            let mut row = Vec::with_capacity(kinds.len());
            for kind in &kinds {
                let cell = stream::get(input)?;
                bytes += cell.size();
                row.push(value(cell, *kind)?.into());
            }
            insert.values(row).map_err(|_| BackupError::NotOurs)?;
            values += kinds.len();
            left -= 1;
        }
        db.execute(&insert).await?;
    }
    Ok(())
}

fn value(cell: Cell, kind: Kind) -> Result<Value, BackupError> {
    Ok(match (kind, cell) {
        (Kind::Uuid, Cell::Nothing) => Value::Uuid(None),
        (Kind::Integer, Cell::Nothing) => Value::Int(None),
        (Kind::BigInteger, Cell::Nothing) => Value::BigInt(None),
        (Kind::Boolean, Cell::Nothing) => Value::Bool(None),
        (Kind::Text, Cell::Nothing) => Value::String(None),
        (Kind::Bytes, Cell::Nothing) => Value::Bytes(None),
        (Kind::Uuid, Cell::Uuid(id)) => id.into(),
        (Kind::Integer, Cell::Number(number)) => match i32::try_from(number) {
            Ok(number) => number.into(),
            // SQLite says *integer* of long numbers too; PostgreSQL refuses what does not fit.
            Err(_) => number.into(),
        },
        (Kind::BigInteger, Cell::Number(number)) => number.into(),
        (Kind::Boolean, Cell::Flag(flag)) => flag.into(),
        (Kind::Text, Cell::Text(text)) => text.into(),
        (Kind::Bytes, Cell::Bytes(bytes)) => bytes.into(),
        _ => return Err(BackupError::NotOurs),
    })
}
