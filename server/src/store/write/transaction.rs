use crate::store::connection::{Arguments, Connection};
use async_trait::async_trait;
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, DbErr, ExecResult, QueryResult, Statement};
use tokio::sync::Mutex;

/// The writer's connection. It stays with the writer: the pool looks at each connection once more after each use.
pub(super) struct Line {
    pool: DatabaseConnection,
    connection: Option<Connection>,
}

impl Line {
    pub(super) fn new(pool: DatabaseConnection) -> Self {
        Self { pool, connection: None }
    }

    /// Begins a transaction that writes. SQLite takes the write lock at once: a transaction that begins by reading and then
    /// wants to write can be refused without waiting.
    pub(super) async fn begin(&mut self) -> Result<Transaction, DbErr> {
        let mut connection = match self.connection.take() {
            Some(connection) => connection,
            None => Connection::of(&self.pool).await?,
        };
        let backend = connection.backend();
        let begin = if backend == DbBackend::Sqlite { "BEGIN IMMEDIATE" } else { "BEGIN" };
        match connection.plain(begin.to_owned()).await {
            Ok(_) => Ok(Transaction { backend, connection: Mutex::new(connection) }),
            Err(error) => {
                // Locked by another process, or gone: a new one costs less than to find out.
                connection.discard();
                Err(error)
            }
        }
    }

    /// Commits. An error leaves open whether it happened.
    pub(super) async fn commit(&mut self, transaction: Transaction) -> Result<(), DbErr> {
        self.end(transaction, "COMMIT").await
    }

    /// Takes everything back.
    pub(super) async fn roll_back(&mut self, transaction: Transaction) {
        // What cannot be taken back ends with its connection.
        let _ = self.end(transaction, "ROLLBACK").await;
    }

    async fn end(&mut self, transaction: Transaction, how: &str) -> Result<(), DbErr> {
        let mut connection = transaction.connection.into_inner();
        match connection.plain(how.to_owned()).await {
            Ok(_) => {
                self.connection = Some(connection);
                Ok(())
            }
            Err(error) => {
                connection.discard();
                Err(error)
            }
        }
    }

    pub(super) async fn close(self) {
        drop(self.connection);
        let _ = self.pool.close().await;
    }
}

/// A transaction of the writer. Statements of the query builder go through it as through any connection.
pub(in crate::store) struct Transaction {
    backend: DbBackend,
    connection: Mutex<Connection>,
}

impl Transaction {
    /// Does what a statement says that is written for this database, with its values.
    pub(in crate::store) async fn put(&self, sql: String, arguments: Arguments) -> Result<(), DbErr> {
        self.connection.lock().await.put(sql, arguments).await
    }

    /// Begins what can be taken back by itself.
    pub(super) async fn mark(&self) -> Result<(), DbErr> {
        self.plain("SAVEPOINT work").await
    }

    /// Keeps what was done since the mark.
    pub(super) async fn keep(&self) -> Result<(), DbErr> {
        self.plain("RELEASE SAVEPOINT work").await
    }

    /// Takes back what was done since the mark.
    pub(super) async fn back(&self) -> Result<(), DbErr> {
        self.plain("ROLLBACK TO SAVEPOINT work").await?;
        self.keep().await
    }

    async fn plain(&self, sql: &str) -> Result<(), DbErr> {
        self.execute_unprepared(sql).await.map(drop)
    }
}

#[async_trait]
impl ConnectionTrait for Transaction {
    fn get_database_backend(&self) -> DbBackend {
        self.backend
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        self.connection.lock().await.execute(statement).await
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.connection.lock().await.plain(sql.to_owned()).await
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        Ok(self.query_all_raw(statement).await?.into_iter().next())
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.connection.lock().await.query(statement).await
    }
}
