//! The municipality that each test has a copy of: taken in through the import once for each kind of database, because that
//! takes longer than most tests.
//!
//! On PostgreSQL the copy is served by a role that owns nothing, as `docs/running-in-production.md` says: there the database itself
//! keeps rows from whoever may not meet them.

use crate::site::now;
use sea_orm::{ConnectionTrait, Database};
use skolstart_server::clock::Clock;
use skolstart_server::demo;
use skolstart_server::store::{Store, StoreSettings};
use skolstart_server::usecase::{import, publish};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use tokio::sync::OnceCell;
use uuid::Uuid;

const SEED: u64 = 7;
const CHILDREN: usize = 60;
/// The role that serves on PostgreSQL.
const ROLE: &str = "skolstart_serving";

static ON_SQLITE: OnceCell<Made> = OnceCell::const_new();
static ON_POSTGRES: OnceCell<Made> = OnceCell::const_new();

/// What a copy is made of.
struct Made {
    /// Keys, the register's files and, on SQLite, the database: each by its place in the folder.
    files: Vec<(PathBuf, Vec<u8>)>,
    /// On PostgreSQL the database to copy.
    database: String,
}

/// A municipality of a test's own.
pub(crate) struct Copy {
    pub(crate) folder: TempDir,
    /// The database, as who owns its tables.
    pub(crate) url: String,
    /// The same, as the role that serves.
    pub(crate) serving: String,
}

impl Copy {
    pub(crate) async fn on_sqlite() -> Self {
        let make = || async {
            let folder = TempDir::new().unwrap();
            let url = sqlite(&folder);
            settle(&folder, &url, &url).await;
            Made { files: files(folder.path(), folder.path()), database: String::new() }
        };
        let folder = ON_SQLITE.get_or_init(make).await.lay_out();
        let url = sqlite(&folder);
        Self { folder, serving: url.clone(), url }
    }

    /// On the server of `SKOLSTART_TEST_POSTGRES`, if there is one.
    pub(crate) async fn on_postgres() -> Option<Self> {
        let server = std::env::var("SKOLSTART_TEST_POSTGRES").ok()?;
        let admin = Database::connect(&server).await.unwrap();
        let make = || async {
            let database = new_name();
            admin.execute_unprepared(&format!("CREATE DATABASE {database}")).await.unwrap();
            // Refused when another run has made it: roles are of the whole server.
            let role = format!("CREATE ROLE {ROLE} LOGIN PASSWORD '{ROLE}'");
            let _ = admin.execute_unprepared(&role).await;
            let folder = TempDir::new().unwrap();
            let (url, serving) = addresses(&server, &database);
            settle(&folder, &url, &serving).await;
            Made { files: files(folder.path(), folder.path()), database }
        };
        let made = ON_POSTGRES.get_or_init(make).await;
        let name = new_name();
        let copy = format!("CREATE DATABASE {name} TEMPLATE {}", made.database);
        admin.execute_unprepared(&copy).await.unwrap();
        admin.close().await.unwrap();
        let (url, serving) = addresses(&server, &name);
        Some(Self { folder: made.lay_out(), url, serving })
    }

    pub(crate) fn settings(&self) -> StoreSettings {
        settings(&self.folder, &self.serving)
    }
}

/// Drops a copy of a test that has passed: hundreds of them are gigabytes.
pub(crate) async fn forget(url: &str) {
    let server = std::env::var("SKOLSTART_TEST_POSTGRES").unwrap();
    let (_, name) = url.split('?').next().unwrap().rsplit_once('/').unwrap();
    let admin = Database::connect(&server).await.unwrap();
    admin.execute_unprepared(&format!("DROP DATABASE {name} WITH (FORCE)")).await.unwrap();
    admin.close().await.unwrap();
}

impl Made {
    fn lay_out(&self) -> TempDir {
        let folder = TempDir::new().unwrap();
        for (place, bytes) in &self.files {
            let place = folder.path().join(place);
            fs::create_dir_all(place.parent().unwrap()).unwrap();
            fs::write(&place, bytes).unwrap();
            close_to_others(&place);
        }
        folder
    }
}

/// Keys that others could read are refused.
fn close_to_others(file: &Path) {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(file, fs::Permissions::from_mode(0o600)).unwrap();
}

fn new_name() -> String {
    format!("api_{}", Uuid::from_bytes(skolstart_server::ids::random().unwrap()).simple())
}

fn sqlite(folder: &TempDir) -> String {
    format!("sqlite:{}", folder.path().join("test.db").display())
}

/// Of a database on a server: as who owns the tables, and as the role that serves.
fn addresses(server: &str, database: &str) -> (String, String) {
    let (base, rest) = server.rsplit_once('/').unwrap();
    let options = rest.split_once('?').map(|(_, options)| format!("?{options}")).unwrap_or_default();
    let url = format!("{base}/{database}{options}");
    let (_, place) = url.rsplit_once('@').unwrap();
    let serving = format!("postgres://{ROLE}:{ROLE}@{place}");
    (url, serving)
}

fn settings(folder: &TempDir, url: &str) -> StoreSettings {
    StoreSettings {
        database_url: url.to_owned(),
        key_file: folder.path().join("key"),
        person_keys: None,
        read_connections: 4,
        pupil_say: Default::default(),
        pupils_from: None,
    }
}

async fn settle(folder: &TempDir, url: &str, serving: &str) {
    let clock = Clock::fixed(now());
    let today = clock.today();
    clock.set(demo::rounds(SEED, today, &[]).beginning());
    let owner = Store::open(&settings(folder, url), clock.clone()).await.unwrap();
    if serving != url {
        owner.let_serve(ROLE).await.unwrap();
    }
    owner.close().await;
    let store = Store::open(&settings(folder, serving), clock.clone()).await.unwrap();
    assert_eq!(store.is_guarded(), serving != url);
    let files = folder.path().join("ss12000");
    demo::write(&files, SEED, CHILDREN, 2026).unwrap();
    import::import(&store, &files, |_, _| ()).await.unwrap();
    let forms = publish::publish_library(&store).await.unwrap();
    let rounds = demo::rounds(SEED, today, &forms);
    publish::create_round(&store, &rounds.current).await.unwrap();
    clock.set(now());
    demo::take_in_inventory(&store).await.unwrap();
    store.close().await;
}

fn files(folder: &Path, top: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let found = entries.flat_map(|path| match path.is_dir() {
        true => files(&path, top),
        false => vec![(path.strip_prefix(top).unwrap().to_owned(), fs::read(&path).unwrap())],
    });
    found.collect()
}
