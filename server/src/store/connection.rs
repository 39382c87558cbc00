//! One connection of either database, used directly: by what reads or writes all the time, and cannot afford what the pool and
//! the query builder do around each statement.
//!
//! Owns how statements and values reach the two drivers. Called by `held` and by the writer's transactions. Must not know a
//! table.

use sea_orm::sqlx::pool::PoolConnection;
use sea_orm::sqlx::postgres::PgArguments;
use sea_orm::sqlx::sqlite::SqliteArguments;
use sea_orm::sqlx::{self, AssertSqlSafe, Executor, Postgres, Sqlite, query, query_with};
use sea_orm::{DatabaseConnection, DbBackend, DbErr, ExecResult, QueryResult, RuntimeErr, Statement};
use sea_query_sqlx::SqlxValues;
use std::sync::Arc;
use uuid::Uuid;

/// A connection that was taken from a pool.
pub(super) enum Connection {
    Sqlite(PoolConnection<Sqlite>),
    Postgres(PoolConnection<Postgres>),
}

/// The values of one statement.
pub(super) enum Arguments {
    Sqlite(SqliteArguments),
    Postgres(PgArguments),
}

impl Connection {
    pub(super) async fn of(pool: &DatabaseConnection) -> Result<Self, DbErr> {
        let acquired = match pool.get_database_backend() {
            DbBackend::Postgres => pool.get_postgres_connection_pool().acquire().await.map(Self::Postgres),
            _ => pool.get_sqlite_connection_pool().acquire().await.map(Self::Sqlite),
        };
        acquired.map_err(|error| DbErr::Conn(shared(error)))
    }

    pub(super) fn backend(&self) -> DbBackend {
        match self {
            Self::Sqlite(_) => DbBackend::Sqlite,
            Self::Postgres(_) => DbBackend::Postgres,
        }
    }

    /// Rows about people.
    pub(super) async fn about(&mut self, sql: String, ids: &[Uuid]) -> Result<Vec<QueryResult>, DbErr> {
        let sql = AssertSqlSafe(sql);
        let rows = match self {
            Self::Sqlite(connection) => {
                let query = ids.iter().fold(query::<Sqlite>(sql), |query, id| query.bind(*id));
                query.fetch_all(&mut **connection).await.map(results)
            }
            Self::Postgres(connection) => {
                let query = ids.iter().fold(query::<Postgres>(sql), |query, id| query.bind(*id));
                query.fetch_all(&mut **connection).await.map(results)
            }
        };
        rows.map_err(|error| DbErr::Query(shared(error)))
    }

    /// Rows of a statement that the query builder has made.
    pub(super) async fn query(&mut self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        let (sql, values) = parts(statement);
        let rows = match self {
            Self::Sqlite(connection) => {
                query_with(sql, values).fetch_all(&mut **connection).await.map(results)
            }
            Self::Postgres(connection) => {
                query_with(sql, values).fetch_all(&mut **connection).await.map(results)
            }
        };
        rows.map_err(|error| DbErr::Query(shared(error)))
    }

    /// Does what a statement says that the query builder has made.
    pub(super) async fn execute(&mut self, statement: Statement) -> Result<ExecResult, DbErr> {
        let (sql, values) = parts(statement);
        let done = match self {
            Self::Sqlite(connection) => {
                query_with(sql, values).execute(&mut **connection).await.map(ExecResult::from)
            }
            Self::Postgres(connection) => {
                query_with(sql, values).execute(&mut **connection).await.map(ExecResult::from)
            }
        };
        done.map_err(|error| DbErr::Exec(shared(error)))
    }

    /// Does what a statement says, with values as this database takes them.
    pub(super) async fn put(&mut self, sql: String, arguments: Arguments) -> Result<(), DbErr> {
        let sql = AssertSqlSafe(sql);
        let done = match (self, arguments) {
            (Self::Sqlite(connection), Arguments::Sqlite(arguments)) => {
                query_with::<Sqlite, _>(sql, arguments).execute(&mut **connection).await.map(drop)
            }
            (Self::Postgres(connection), Arguments::Postgres(arguments)) => {
                query_with::<Postgres, _>(sql, arguments).execute(&mut **connection).await.map(drop)
            }
            _ => return Err(DbErr::Custom("values of the other database".to_owned())),
        };
        done.map_err(|error| DbErr::Exec(shared(error)))
    }

    /// Does what text without values says.
    pub(super) async fn plain(&mut self, sql: String) -> Result<ExecResult, DbErr> {
        let sql = AssertSqlSafe(sql);
        let done = match self {
            Self::Sqlite(connection) => connection.execute(sql).await.map(ExecResult::from),
            Self::Postgres(connection) => connection.execute(sql).await.map(ExecResult::from),
        };
        done.map_err(|error| DbErr::Exec(shared(error)))
    }

    /// Closes it instead of giving it back: nobody knows in what state it is.
    pub(super) fn discard(self) {
        match self {
            Self::Sqlite(mut connection) => connection.close_on_drop(),
            Self::Postgres(mut connection) => connection.close_on_drop(),
        }
    }
}

fn parts(statement: Statement) -> (AssertSqlSafe<String>, SqlxValues) {
    let values = statement.values.unwrap_or_else(|| sea_orm::Values(Vec::new()));
    (AssertSqlSafe(statement.sql), SqlxValues(values))
}

fn results<R>(rows: Vec<R>) -> Vec<QueryResult>
where
    QueryResult: From<R>,
{
    rows.into_iter().map(QueryResult::from).collect()
}

fn shared(error: sqlx::Error) -> RuntimeErr {
    RuntimeErr::SqlxError(Arc::new(error))
}
