//! What statements that only read go through: the connections for reading, and whose rows they may meet.
//!
//! Owns how the database is told for whom a statement is. Called by everything in the store that reads, through `Store::db`. Where the
//! database does not guard the rows (SQLite, or a role that owns the tables), it is a plain pool and costs nothing.

use super::connection::Connection;
use crate::policy::Sight;
use async_trait::async_trait;
use sea_orm::{
    AccessMode, ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, ExecResult,
    IsolationLevel, QueryResult, Statement, TransactionTrait,
};
use std::sync::Arc;
use uuid::Uuid;

/// Connections for reading, for somebody.
#[derive(Clone)]
pub(super) struct Reader {
    pool: DatabaseConnection,
    /// True where the database itself keeps rows from whoever may not meet them.
    guarded: bool,
    sight: Arc<Sight>,
}

/// Asks whether the rows are kept from this role. `fact` stands for all the guarded tables.
const GUARDED: &str = "SELECT row_security_active('fact')";

impl Reader {
    /// For the operator, who sees everything.
    pub(super) async fn of(pool: DatabaseConnection) -> Result<Self, DbErr> {
        let guarded = match pool.get_database_backend() {
            DbBackend::Postgres => {
                let row = pool.query_one_raw(Statement::from_string(DbBackend::Postgres, GUARDED)).await?;
                row.map(|row| row.try_get_by_index(0)).transpose()?.unwrap_or(false)
            }
            _ => false,
        };
        Ok(Self { pool, guarded, sight: Arc::new(Sight::Everybody) })
    }

    /// The same, for somebody else.
    pub(super) fn for_sight(&self, sight: Sight) -> Self {
        Self { sight: Arc::new(sight), ..self.clone() }
    }

    /// Whom it is for, where the database is to be told.
    pub(super) fn sight(&self) -> Option<&Sight> {
        self.guarded.then_some(&*self.sight)
    }

    /// True where the database itself keeps rows from whoever may not meet them.
    pub(super) fn is_guarded(&self) -> bool {
        self.guarded
    }

    /// The connections, for what is about nobody.
    pub(super) fn pool(&self) -> &DatabaseConnection {
        &self.pool
    }

    /// Begins a reading that sees everything as it is at one moment. Others write meanwhile and are not held up.
    pub(super) async fn one_moment(&self) -> Result<DatabaseTransaction, DbErr> {
        let DbBackend::Postgres = self.pool.get_database_backend() else {
            // In write-ahead logging the first reading fixes what is seen.
            return self.pool.begin().await;
        };
        let (level, mode) = (IsolationLevel::RepeatableRead, AccessMode::ReadOnly);
        let transaction = self.pool.begin_with_config(Some(level), Some(mode)).await?;
        if let Some(sight) = self.sight() {
            transaction.execute_raw(told(sight, true)).await?;
        }
        Ok(transaction)
    }

    pub(super) async fn close(&self) {
        let _ = self.pool.clone().close().await;
    }

    /// A connection that knows for whom it is.
    async fn told(&self, sight: &Sight) -> Result<Connection, DbErr> {
        let mut connection = Connection::of(&self.pool).await?;
        tell(&mut connection, sight).await?;
        Ok(connection)
    }
}

/// Tells the database for whom the next statements of a connection are.
pub(super) async fn tell(connection: &mut Connection, sight: &Sight) -> Result<(), DbErr> {
    connection.execute(told(sight, false)).await.map(drop)
}

/// One statement that is always the same: the database prepares it once. `moment`: for the transaction only.
fn told(sight: &Sight, moment: bool) -> Statement {
    let (all, people, units) = match sight {
        Sight::Nobody => ("", String::new(), String::new()),
        Sight::These { people, units } => ("", list(people), list(units)),
        Sight::Everybody => ("all", String::new(), String::new()),
    };
    let sql = "SELECT set_config('skolstart.sees', $1, $4), set_config('skolstart.people', $2, $4), \
               set_config('skolstart.units', $3, $4)";
    Statement::from_sql_and_values(
        DbBackend::Postgres,
        sql,
        [all.into(), people.into(), units.into(), moment.into()],
    )
}

/// As PostgreSQL writes an array.
fn list(ids: &[Uuid]) -> String {
    let ids: Vec<String> = ids.iter().map(Uuid::to_string).collect();
    format!("{{{}}}", ids.join(","))
}

#[async_trait]
impl ConnectionTrait for Reader {
    fn get_database_backend(&self) -> DbBackend {
        self.pool.get_database_backend()
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        match self.sight() {
            None => self.pool.execute_raw(statement).await,
            Some(sight) => self.told(sight).await?.execute(statement).await,
        }
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        match self.sight() {
            None => self.pool.execute_unprepared(sql).await,
            Some(sight) => self.told(sight).await?.plain(sql.to_owned()).await,
        }
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        match self.sight() {
            None => self.pool.query_one_raw(statement).await,
            Some(sight) => Ok(self.told(sight).await?.query(statement).await?.into_iter().next()),
        }
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        match self.sight() {
            None => self.pool.query_all_raw(statement).await,
            Some(sight) => self.told(sight).await?.query(statement).await,
        }
    }
}

impl super::Store {
    /// The same store, whose readings meet nobody's rows: for requests of whom it is not known yet who asks.
    #[must_use]
    pub fn for_nobody(&self) -> Self {
        self.for_sight(Sight::Nobody)
    }

    /// The same store, whose readings meet the rows that this person may meet.
    #[must_use]
    pub fn for_principal(&self, principal: &crate::policy::Principal) -> Self {
        self.for_sight(principal.sight())
    }

    /// The same store, whose readings meet everybody's rows: for what is kept in memory for all who come.
    #[must_use]
    pub(super) fn for_everybody(&self) -> Self {
        self.for_sight(Sight::Everybody)
    }

    fn for_sight(&self, sight: Sight) -> Self {
        Self { inner: self.inner.clone(), reader: self.reader.for_sight(sight) }
    }

    /// True where the database itself keeps rows from whoever may not meet them.
    pub fn is_guarded(&self) -> bool {
        self.reader.is_guarded()
    }
}
