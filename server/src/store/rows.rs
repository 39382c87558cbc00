//! Many rows in few statements. Called by the store's own modules.

use sea_orm::sea_query::OnConflict;
use sea_orm::{ConnectionTrait, DbErr, EntityTrait, ExprTrait, InsertMany, Iterable, prelude::Expr};
use std::collections::BTreeSet;
use uuid::Uuid;

/// The most values in one statement. SQLite takes 32,766, PostgreSQL 65,535.
const MOST_VALUES: usize = 30_000;
/// The most ids in one `IN`.
pub(super) const MOST_IDS: usize = 10_000;

/// Inserts rows, as many per statement as the database takes.
pub(super) async fn insert<E, C>(db: &C, rows: Vec<E::ActiveModel>) -> Result<(), DbErr>
where
    E: EntityTrait,
    C: ConnectionTrait,
{
    in_parts::<E, C>(db, rows, |insert| insert).await
}

/// Inserts rows, or writes all given columns where the key `keys` is there already.
pub(super) async fn upsert<E, C>(
    db: &C,
    rows: Vec<E::ActiveModel>,
    keys: &[E::Column],
    update: &[E::Column],
) -> Result<(), DbErr>
where
    E: EntityTrait,
    C: ConnectionTrait,
{
    let conflict =
        OnConflict::columns(keys.iter().copied()).update_columns(update.iter().copied()).to_owned();
    in_parts::<E, C>(db, rows, |insert| insert.on_conflict(conflict.clone())).await
}

/// Inserts rows of counters, or adds to the ones that are there. The caller sorts them by key: two processes that add to
/// the same counters must take them in the same order.
pub(super) async fn add<E, C>(
    db: &C,
    rows: Vec<E::ActiveModel>,
    keys: &[E::Column],
    counters: &[E::Column],
) -> Result<(), DbErr>
where
    E: EntityTrait,
    C: ConnectionTrait,
{
    let mut conflict = OnConflict::columns(keys.iter().copied());
    for counter in counters {
        let sum = Expr::col((E::default(), *counter)).add(Expr::col(("excluded", *counter)));
        conflict.value(*counter, sum);
    }
    in_parts::<E, C>(db, rows, |insert| insert.on_conflict(conflict.clone())).await
}

async fn in_parts<E, C>(
    db: &C,
    rows: Vec<E::ActiveModel>,
    finish: impl Fn(InsertMany<E::ActiveModel>) -> InsertMany<E::ActiveModel>,
) -> Result<(), DbErr>
where
    E: EntityTrait,
    C: ConnectionTrait,
{
    let most = MOST_VALUES / E::Column::iter().count().max(1);
    let mut rest = rows;
    while !rest.is_empty() {
        let after = rest.split_off(part(rest.len(), most));
        finish(E::insert_many(rest)).exec_without_returning(db).await?;
        rest = after;
    }
    Ok(())
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
