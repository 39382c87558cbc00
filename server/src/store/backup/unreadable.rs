//! What of a back-up belongs to people who were erased after it was taken: their keys are gone, and nothing opens it. Called by
//! `put_back`. Must not take away what any key that is left can open.

use super::BackupError;
use super::contents::Contents;
use crate::store::classes::tables;
use crate::store::seal::{OF_PERSON, PersonKeys};
use crate::store::sent::IN_PARTS;
use sea_orm::{ConnectionTrait, DatabaseTransaction, Statement, Value};
use std::collections::BTreeSet;
use uuid::Uuid;

/// Deletes the rows that nothing opens any more. Says of how many people.
pub(super) async fn drop_unreadable(
    db: &DatabaseTransaction,
    contents: &Contents,
    keys: &PersonKeys,
) -> Result<usize, BackupError> {
    let mut without = BTreeSet::new();
    for table in tables()? {
        let is_there = contents.tables.iter().any(|there| there.name == table.name);
        for column in table.sealed().filter(|_| is_there) {
            let (table, column) = (&table.name, &column.name);
            for (format, at) in WHOSE {
                for person in sealed_for(db, table, column, (format, at)).await? {
                    if !keys.has(person)? {
                        delete(db, table, column, (format, at), person).await?;
                        without.insert(person);
                    }
                }
            }
        }
    }
    Ok(without.len())
}

/// The formats of what a person's key has sealed, and where in it stands whose. What is about others in what was sent stays: it is
/// left out when that is read.
const WHOSE: [(u8, u8); 2] = [(OF_PERSON, 3), (IN_PARTS, 9)];

/// Those whose keys have sealed something in this column.
async fn sealed_for(
    db: &DatabaseTransaction,
    table: &str,
    column: &str,
    (format, at): (u8, u8),
) -> Result<Vec<Uuid>, BackupError> {
    let sql =
        format!("SELECT DISTINCT substr({column}, {at}, 16) FROM {table} WHERE substr({column}, 1, 1) = $1");
    let backend = db.get_database_backend();
    let found = db.query_all_raw(Statement::from_sql_and_values(backend, sql, [vec![format].into()])).await?;
    let mut people = Vec::with_capacity(found.len());
    for row in found {
        let bytes: Vec<u8> = row.try_get_by_index(0)?;
        people.push(Uuid::from_slice(&bytes).map_err(|_| BackupError::NotOurs)?);
    }
    Ok(people)
}

async fn delete(
    db: &DatabaseTransaction,
    table: &str,
    column: &str,
    (format, at): (u8, u8),
    person: Uuid,
) -> Result<(), BackupError> {
    let sql =
        format!("DELETE FROM {table} WHERE substr({column}, 1, 1) = $1 AND substr({column}, {at}, 16) = $2");
    let values: [Value; 2] = [vec![format].into(), person.as_bytes().to_vec().into()];
    db.execute_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await?;
    Ok(())
}
