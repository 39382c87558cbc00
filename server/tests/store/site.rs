//! Where a test runs: a database of its own, a key file, a clock that stands still.

use sea_orm::{ConnectionTrait, Database, DatabaseConnection, FromQueryResult, Statement, TryGetable};
use skolstart_server::clock::Clock;
use skolstart_server::store::{OpenError, Store, StoreSettings};
use skolstart_shared::Timestamp;
use std::future::Future;
use std::path::PathBuf;
use tempfile::TempDir;

/// The morning of 17 August 2026, when school starts.
pub(crate) fn school_start() -> Timestamp {
    Timestamp::parse("2026-08-17T06:00:00Z").unwrap()
}

pub(crate) struct Site {
    pub(crate) folder: TempDir,
    pub(crate) settings: StoreSettings,
    pub(crate) clock: Clock,
}

impl Site {
    fn new(database_url: impl FnOnce(&TempDir) -> String) -> Self {
        let folder = TempDir::new().unwrap();
        let settings = StoreSettings {
            database_url: database_url(&folder),
            key_file: folder.path().join("keys").join("key"),
            person_keys: None,
            read_connections: 4,
            pupil_say: Default::default(),
            pupils_from: None,
        };
        Self { folder, settings, clock: Clock::fixed(school_start()) }
    }

    pub(crate) async fn open(&self) -> Store {
        self.try_open().await.unwrap()
    }

    pub(crate) async fn try_open(&self) -> Result<Store, OpenError> {
        Store::open(&self.settings, self.clock.clone()).await
    }

    /// A connection beside the store, for looking at rows and for spoiling them.
    pub(crate) async fn raw(&self) -> DatabaseConnection {
        Database::connect(self.settings.database_url.as_str()).await.unwrap()
    }

    pub(crate) fn is_sqlite(&self) -> bool {
        self.settings.database_url.starts_with("sqlite")
    }

    pub(crate) fn database_files(&self) -> Vec<PathBuf> {
        ["store.db", "store.db-wal"]
            .iter()
            .map(|name| self.folder.path().join(name))
            .filter(|file| file.exists())
            .collect()
    }
}

/// One value of one row.
pub(crate) async fn value<T: TryGetable>(db: &DatabaseConnection, sql: &str) -> T {
    let row =
        db.query_one_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap().unwrap();
    row.try_get_by_index(0).unwrap()
}

pub(crate) async fn rows<T: FromQueryResult>(db: &DatabaseConnection, sql: &str) -> Vec<T> {
    T::find_by_statement(Statement::from_string(db.get_database_backend(), sql)).all(db).await.unwrap()
}

pub(crate) async fn count(db: &DatabaseConnection, table: &str) -> i64 {
    value(db, &format!("SELECT COUNT(*) FROM {table}")).await
}

/// Runs the body on SQLite, and on PostgreSQL where there is one.
pub(crate) fn on_both<F: Future<Output = ()>>(body: impl Fn(Site) -> F) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(async {
        body(Site::new(|folder| format!("sqlite:{}", folder.path().join("store.db").display()))).await;
        let Ok(server) = std::env::var("SKOLSTART_TEST_POSTGRES") else {
            println!("SQLite only: SKOLSTART_TEST_POSTGRES is not set");
            return;
        };
        let admin = Database::connect(&server).await.unwrap();
        let name =
            format!("skolstart_{:032x}", u128::from_be_bytes(skolstart_server::ids::random().unwrap()));
        admin.execute_unprepared(&format!("CREATE DATABASE {name}")).await.unwrap();
        let (host, _) = server.rsplit_once('/').unwrap();
        body(Site::new(|_| format!("{host}/{name}"))).await;
        admin.execute_unprepared(&format!("DROP DATABASE {name} WITH (FORCE)")).await.unwrap();
    });
}
