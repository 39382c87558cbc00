//! A connection that stays with the readings that nearly every request makes. The pool asks each connection after each use
//! whether it is still there: for a few rows that costs as much as the reading.
//!
//! Owns that one connection, and lets it go when anything goes wrong with it. Called by `generation` and `together`. Must
//! not begin a transaction: each reading sees what is committed by then.

use super::connection::Connection;
use super::{StoreError, reader};
use crate::policy::Sight;
use sea_orm::{DatabaseConnection, QueryResult};
use std::fmt::Write;
use uuid::Uuid;

/// How many there are in a store: the generations, the snapshots and the decisions.
pub(super) const HELD: u32 = 3;

/// A connection of its own, taken from the pool at its first use.
pub(super) struct Held {
    pool: DatabaseConnection,
    connection: Option<Connection>,
}

impl Held {
    pub(super) fn new(pool: &DatabaseConnection) -> Self {
        Self { pool: pool.clone(), connection: None }
    }

    /// The rows of a statement, in which `{ids}` stands for the ids. `sight`: whose they may be, where the database is to be told.
    pub(super) async fn rows(
        &mut self,
        sql: &str,
        ids: &[Uuid],
        sight: Option<&Sight>,
    ) -> Result<Vec<QueryResult>, StoreError> {
        // Taken out: given up half-way or broken, it goes back to the pool, which knows what to do with it.
        let mut connection = match self.connection.take() {
            Some(connection) => connection,
            None => Connection::of(&self.pool).await?,
        };
        if let Some(sight) = sight {
            reader::tell(&mut connection, sight).await?;
        }
        let rows = connection.about(with_places(sql, ids.len()), ids).await?;
        self.connection = Some(connection);
        Ok(rows)
    }

    /// Gives the connection back.
    pub(super) fn release(&mut self) {
        self.connection = None;
    }
}

/// `$1, $2, …` is understood by both databases.
fn with_places(sql: &str, count: usize) -> String {
    let mut places = String::with_capacity(count * 5);
    for place in 1..=count {
        let _ = write!(places, "{}${place}", if place == 1 { "" } else { ", " });
    }
    sql.replace("{ids}", &places)
}

#[cfg(test)]
mod tests {
    use super::with_places;

    #[test]
    fn each_id_has_its_place() {
        assert_eq!(with_places("a IN ({ids})", 3), "a IN ($1, $2, $3)");
        assert_eq!(with_places("SELECT 1", 0), "SELECT 1");
    }
}
