//! A change of key: a new one is made, the keys of persons and everything that is nobody's are sealed anew, and the old one is
//! thrown away. What is somebody's and was sealed before persons had keys is sealed with hers.
//!
//! Called by `skolstart key rotate`, while nothing serves. Stopped at any point it goes on when it is called again: the key file
//! holds both keys until nothing is left that the old one sealed, and each value says which key that was.

use super::classes::{Table, Type, tables};
use super::generation::KEY_NUMBER;
use super::open::{KEY_CHECK, key_check};
use super::seal::{self, Former, KeyFile, OF_NOBODY, Sealer, Signed};
use super::{AuditEntry, KeyFileError, OpenError, Store, StoreError, StoreSettings, Transaction, sent};
use crate::clock::Clock;
use sea_orm::{ConnectionTrait, DbBackend, QueryResult, Statement, Value};
use std::sync::Arc;
use uuid::Uuid;

/// What came of a change of key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rotated {
    /// The number of the new key.
    pub number: u8,
    /// The values that this call has sealed anew.
    pub sealed: u64,
}

/// Rows in one transaction: bounds what is done again after a kill. Parts of files are large.
const ROWS: usize = 100;
const PARTS: usize = 16;

impl Store {
    /// Changes the key, or goes on with a change that was stopped. `told` hears how many rows of which table are done; when it
    /// answers no, this stops there.
    ///
    /// # Errors
    /// When the key file or the database cannot be used; what was done stays, and the old key too.
    pub async fn rotate_key(
        settings: &StoreSettings,
        clock: Clock,
        mut told: impl FnMut(&str, u64) -> bool,
    ) -> Result<Option<Rotated>, OpenError> {
        let file = begin(settings)?;
        let store = Self::open(settings, clock).await?;
        let number = store.sealer().number();
        store.put_meta(KEY_NUMBER, vec![number], Vec::new()).await?;
        let mut sealed = 0;
        for table in tables()?.iter().filter(|table| table.sealed().next().is_some()) {
            let mut of_table = 0;
            loop {
                let done = store.reseal(table).await?;
                of_table += done;
                if done == 0 {
                    break;
                }
                if !told(&table.name, of_table) {
                    store.close().await;
                    return Ok(None);
                }
            }
            sealed += of_table;
        }
        store.sealer().wrap_anew()?;
        let noted = AuditEntry {
            acting_for: None,
            actor: None,
            action: "rotate-key",
            object_kind: "key",
            object_id: None,
            purpose: "operator",
            outcome: "done",
            request_id: String::new(),
        };
        store.put_meta(KEY_CHECK, key_check(store.sealer(), &file)?, vec![noted]).await?;
        let sealer = store.sealer().clone();
        store.close().await;
        end(settings, file, &sealer)?;
        Ok(Some(Rotated { number, sealed }))
    }

    async fn put_meta(
        &self,
        key: &'static str,
        value: Vec<u8>,
        noted: Vec<AuditEntry>,
    ) -> Result<(), StoreError> {
        self.write(move |db| {
            let (value, noted) = (value.clone(), noted.clone());
            Box::pin(async move {
                let sql = "INSERT INTO meta (key, value) VALUES ($1, $2) \
                           ON CONFLICT (key) DO UPDATE SET value = excluded.value";
                run(db, sql.to_owned(), vec![key.to_owned().into(), value.into()]).await?;
                Ok(((), noted))
            })
        })
        .await
    }

    /// Seals some rows of a table anew. Says how many; none are left when it says none.
    async fn reseal(&self, table: &Table) -> Result<u64, StoreError> {
        let work = Arc::new((self.sealer().clone(), table.clone()));
        self.write(move |db| {
            let work = work.clone();
            Box::pin(async move { Ok((some(db, &work.0, &work.1).await?, Vec::new())) })
        })
        .await
    }
}

/// The key file with a new key before the one that sealed until now.
fn begin(settings: &StoreSettings) -> Result<KeyFile, KeyFileError> {
    let path = &settings.key_file;
    let mut file = seal::read(path)?;
    if let [only] = file.keys.as_slice() {
        let number = only.number.checked_add(1).ok_or_else(|| KeyFileError::Malformed(path.clone()))?;
        file.keys.insert(0, seal::new_key(number)?);
        seal::replace(path, &file)?;
    }
    Ok(file)
}

/// The key file without what has no use any more: of the old keys the public halves stay, to verify receipts and checkpoints.
fn end(settings: &StoreSettings, mut file: KeyFile, sealer: &Sealer) -> Result<(), OpenError> {
    let corrupt = || OpenError::Store(StoreError::Corrupt("key"));
    let public = |what| sealer.public_keys(what);
    let halves = public(Signed::Receipt).into_iter().zip(public(Signed::Checkpoint));
    let old = file.keys.split_off(1);
    for (key, (receipt, checkpoint)) in old.iter().zip(halves.skip(1)) {
        let receipt = receipt.try_into().map_err(|_| corrupt())?;
        let checkpoint = checkpoint.try_into().map_err(|_| corrupt())?;
        file.former.push(Former { number: key.number, receipt, checkpoint });
    }
    Ok(seal::replace(&settings.key_file, &file)?)
}

async fn some(db: &Transaction, sealer: &Sealer, table: &Table) -> Result<u64, StoreError> {
    let mut done = 0;
    let Some(row) = &table.row else { return Ok(0) };
    for column in table.sealed() {
        let name = &column.name;
        let person = table.sealed_for.as_deref().unwrap_or("CAST(NULL AS uuid)");
        let is_other = match db.get_database_backend() {
            DbBackend::Sqlite => format!("hex(substr({name}, 2, 1)) <> '{:02X}'", sealer.number()),
            _ => format!("get_byte({name} || '\\x0000', 1) <> {}", sealer.number()),
        };
        let is_of_person = match db.get_database_backend() {
            DbBackend::Sqlite => format!("hex(substr({name}, 1, 1)) <> '{OF_NOBODY:02X}'"),
            _ => format!("get_byte({name}, 0) <> {OF_NOBODY}"),
        };
        let limit = if table.part.is_some() { PARTS } else { ROWS };
        let part = table.part.as_deref().unwrap_or("0");
        // What is empty was never sealed.
        // A blind index is of the key file's key, also where the value is of the person's.
        let stays = if is_number(table) { "1 = 0" } else { is_of_person.as_str() };
        let sql = format!(
            "SELECT {row} AS row, {part} AS part, {name} AS sealed, {person} AS person FROM {} \
             WHERE length({name}) > 1 AND NOT {stays} AND ({is_other} OR (NOT {is_of_person} AND ({person}) IS NOT NULL)) \
             LIMIT {limit}",
            table.name
        );
        let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await?;
        let people: Vec<Option<Uuid>> =
            rows.iter().map(|found| found.try_get("", "person")).collect::<Result<_, _>>()?;
        sealer.make_keys(&people.into_iter().flatten().collect::<Vec<_>>())?;
        for found in &rows {
            anew(db, sealer, table, name, found).await?;
        }
        done += rows.len() as u64;
    }
    Ok(done)
}

async fn anew(
    db: &Transaction,
    sealer: &Sealer,
    table: &Table,
    name: &str,
    found: &QueryResult,
) -> Result<(), StoreError> {
    let (id, part): (Uuid, i32) = (found.try_get("", "row")?, found.try_get("", "part")?);
    let old: Vec<u8> = found.try_get("", "sealed")?;
    let bound = if table.part.is_some() { format!("{name}-{part}") } else { name.to_owned() };
    let plain =
        sealer.open(&table.name, &bound, id, &old).map_err(|_| StoreError::Corrupt("a sealed value"))?;
    let new = match (found.try_get("", "person")?, table.name.as_str()) {
        (Some(sender), "submission") => {
            let content = serde_json::from_slice(&plain).map_err(|_| StoreError::Corrupt("submission"))?;
            sent::seal(sealer, id, sender, &content)?
        }
        (Some(person), _) => sealer.seal_for(person, &table.name, &bound, id, &plain)?,
        (None, _) => sealer.seal(&table.name, &bound, id, &plain)?,
    };
    let mut values: Vec<Value> = vec![new.into(), id.into()];
    let mut sql = format!("UPDATE {} SET {name} = $1", table.name);
    // A blind index follows the value that it was made of.
    if is_number(table) {
        values.push(sealer.blind("personal-number", &plain)?.into());
        sql.push_str(", blind = $3");
    }
    let row = table.row.as_deref().unwrap_or("id");
    sql.push_str(&format!(" WHERE {row} = $2"));
    if let Some(column) = &table.part {
        values.push(part.into());
        sql.push_str(&format!(" AND {column} = $3"));
    }
    run(db, sql, values).await
}

fn is_number(table: &Table) -> bool {
    table.columns.iter().any(|column| column.name == "blind" && column.is == Type::Blob)
}

async fn run(db: &Transaction, sql: String, values: Vec<Value>) -> Result<(), StoreError> {
    db.execute_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await?;
    Ok(())
}
