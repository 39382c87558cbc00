//! Many rows in few statements. Called by the store's own modules.
//!
//! Owns how rows are handed over. On PostgreSQL a column is one value, an array, and the statement is always the same; SQLite
//! takes each value by itself, a thousand of them in the time of one statement more. Must not know a table.

use super::connection::Arguments;
use super::write::Transaction;
use sea_orm::sea_query::Value;
use sea_orm::sqlx::Arguments as _;
use sea_orm::sqlx::postgres::PgArguments;
use sea_orm::sqlx::sqlite::SqliteArguments;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ColumnType, ConnectionTrait, DbBackend, DbErr, EntityTrait, IdenStatic,
    Iterable,
};
use std::collections::BTreeSet;
use std::fmt::Write;
use uuid::Uuid;

/// The most values in one statement. SQLite takes 32,766.
const MOST_VALUES: usize = 30_000;
/// The most ids in one `IN`.
pub(super) const MOST_IDS: usize = 10_000;

/// Inserts rows, as many per statement as the database takes.
pub(super) async fn insert<E: EntityTrait>(db: &Transaction, rows: Vec<E::ActiveModel>) -> Result<(), DbErr> {
    in_parts::<E>(db, rows, "").await
}

/// Inserts rows, or writes all given columns where the key `keys` is there already.
pub(super) async fn upsert<E: EntityTrait>(
    db: &Transaction,
    rows: Vec<E::ActiveModel>,
    keys: &[E::Column],
    update: &[E::Column],
) -> Result<(), DbErr> {
    let sets = update.iter().map(IdenStatic::as_str).map(|name| format!("\"{name}\" = excluded.\"{name}\""));
    in_parts::<E>(db, rows, &conflict(keys, sets)).await
}

/// Inserts rows of counters, or adds to the ones that are there. The caller sorts them by key: two processes that add to
/// the same counters must take them in the same order.
pub(super) async fn add<E: EntityTrait>(
    db: &Transaction,
    rows: Vec<E::ActiveModel>,
    keys: &[E::Column],
    counters: &[E::Column],
) -> Result<(), DbErr> {
    let (table, names) = (E::default(), counters.iter().map(IdenStatic::as_str));
    let table = table.table_name();
    let sets = names.map(|name| format!("\"{name}\" = \"{table}\".\"{name}\" + excluded.\"{name}\""));
    in_parts::<E>(db, rows, &conflict(keys, sets)).await
}

fn conflict<C: IdenStatic>(keys: &[C], sets: impl Iterator<Item = String>) -> String {
    let sets = sets.collect::<Vec<_>>().join(", ");
    format!(" ON CONFLICT ({}) DO UPDATE SET {sets}", listed(keys))
}

/// Names as SQL takes them.
fn listed<C: IdenStatic>(columns: &[C]) -> String {
    columns.iter().map(|column| format!("\"{}\"", column.as_str())).collect::<Vec<_>>().join(", ")
}

/// A row's values in the order of the columns.
type Row = Vec<Value>;

async fn in_parts<E: EntityTrait>(
    db: &Transaction,
    rows: Vec<E::ActiveModel>,
    conflict: &str,
) -> Result<(), DbErr> {
    let Some(first) = rows.first() else { return Ok(()) };
    // What one row leaves to the database, all of them do.
    let columns: Vec<E::Column> = E::Column::iter().filter(|column| !first.is_not_set(*column)).collect();
    let value = |row: &mut E::ActiveModel, column: &E::Column| {
        row.take(*column).into_value().ok_or_else(|| DbErr::AttrNotSet(column.as_str().to_owned()))
    };
    let into = format!("INSERT INTO \"{}\" ({})", E::default().table_name(), listed(&columns));
    let most = MOST_VALUES / columns.len().max(1);
    let is_sqlite = db.get_database_backend() == DbBackend::Sqlite;
    let mut rest = rows;
    while !rest.is_empty() {
        let after = rest.split_off(if is_sqlite { part(rest.len(), most) } else { rest.len().min(most) });
        let rows: Vec<Row> = rest
            .iter_mut()
            .map(|row| columns.iter().map(|column| value(row, column)).collect())
            .collect::<Result<_, _>>()?;
        let (from, arguments) = if is_sqlite { each(rows)? } else { by_column(&columns, rows)? };
        db.put([&into, from.as_str(), conflict].concat(), arguments).await?;
        rest = after;
    }
    Ok(())
}

/// Each value by itself.
fn each(rows: Vec<Row>) -> Result<(String, Arguments), DbErr> {
    let mut from = String::with_capacity(8 + rows.len() * (rows.first().map_or(0, Vec::len) * 2 + 3));
    from.push_str(" VALUES ");
    let mut arguments = SqliteArguments::default();
    for (at, row) in rows.into_iter().enumerate() {
        from.push_str(if at == 0 { "(" } else { ",(" });
        for (at, value) in row.into_iter().enumerate() {
            from.push_str(if at == 0 { "?" } else { ",?" });
            let added = match value {
                Value::Uuid(value) => arguments.add(value),
                Value::String(value) => arguments.add(value),
                Value::Bytes(value) => arguments.add(value),
                Value::BigInt(value) => arguments.add(value),
                Value::Int(value) => arguments.add(value),
                Value::Bool(value) => arguments.add(value),
                other => return Err(unknown(&other)),
            };
            added.map_err(|error| DbErr::Type(error.to_string()))?;
        }
        from.push(')');
    }
    Ok((from, Arguments::Sqlite(arguments)))
}

/// Each column as an array.
fn by_column<C: ColumnTrait>(columns: &[C], rows: Vec<Row>) -> Result<(String, Arguments), DbErr> {
    let mut from = " SELECT * FROM UNNEST(".to_owned();
    let mut arguments = PgArguments::default();
    let mut turned: Vec<Vec<Value>> = columns.iter().map(|_| Vec::with_capacity(rows.len())).collect();
    for row in rows {
        row.into_iter().zip(&mut turned).for_each(|(value, column)| column.push(value));
    }
    for (at, (column, values)) in columns.iter().zip(turned).enumerate() {
        // Takes the values out of what the entity wraps them in.
        macro_rules! array {
            ($kind:ident) => {{
                let values = values.into_iter().map(|value| match value {
                    Value::$kind(value) => Ok(value),
                    other => Err(unknown(&other)),
                });
                arguments.add(values.collect::<Result<Vec<_>, _>>()?)
            }};
        }
        let (kind, added) = match column.def().get_column_type() {
            ColumnType::Uuid => ("uuid", array!(Uuid)),
            ColumnType::String(_) | ColumnType::Text => ("text", array!(String)),
            ColumnType::Blob | ColumnType::VarBinary(_) | ColumnType::Binary(_) => ("bytea", array!(Bytes)),
            ColumnType::BigInteger => ("int8", array!(BigInt)),
            ColumnType::Integer => ("int4", array!(Int)),
            ColumnType::Boolean => ("bool", array!(Bool)),
            other => return Err(DbErr::Type(format!("{other:?} is not written in arrays"))),
        };
        added.map_err(|error| DbErr::Type(error.to_string()))?;
        let _ = write!(from, "{}${}::{kind}[]", if at == 0 { "" } else { ", " }, at + 1);
    }
    from.push(')');
    Ok((from, Arguments::Postgres(arguments)))
}

/// Names the kind and never the value.
fn unknown(value: &Value) -> DbErr {
    DbErr::Type(format!("{:?} is not written", value.array_type()))
}

/// Rows in one statement, of `left`. A prepared statement is found again by its text, so few lengths are used: up to
/// [`SMALL`] any, above that whole multiples of it up to [`LARGE`], and then [`LARGE`] itself; an import takes `most`.
fn part(left: usize, most: usize) -> usize {
    let part = match left {
        0..=SMALL => left,
        _ if left <= LARGE => left - left % SMALL,
        _ if left < most => LARGE,
        _ => most,
    };
    part.min(most)
}

const SMALL: usize = 16;
const LARGE: usize = 128;

/// The ids once each, in order, and the last one repeated up to a power of two: of lists for `IN` only few lengths are used, so
/// that prepared statements are found again.
pub(super) fn for_in(ids: impl IntoIterator<Item = Uuid>) -> Vec<Uuid> {
    let mut ids = distinct(ids);
    if let Some(last) = ids.last().copied() {
        ids.resize(ids.len().next_power_of_two(), last);
    }
    ids
}

/// The ids once each, in order.
pub(super) fn distinct(ids: impl IntoIterator<Item = Uuid>) -> Vec<Uuid> {
    ids.into_iter().collect::<BTreeSet<_>>().into_iter().collect()
}
