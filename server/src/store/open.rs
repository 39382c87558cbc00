use super::audit::Chain;
use super::held::HELD;
use super::lately::Lately;
use super::memory::Memory;
use super::migration::Migrator;
use super::person_mark::{self, PersonMark};
use super::published::PublishedCache;
use super::reader::Reader;
use super::refusals::Refusals;
use super::seal::{self, ID, KeyFile, KeyFileError, PersonKeys, PersonKeysError, ReceiptKey, Sealer};
use super::write::Writer;
use super::{StoreError, connect, durable, entity::meta, inventory};
use crate::clock::Clock;
use crate::ids::Ids;
use sea_orm::{
    ActiveModelTrait, ConnectionTrait, DatabaseConnection, DbBackend, DbErr, EntityTrait, Set, Statement,
    TransactionTrait,
};
use sea_orm_migration::MigratorTrait;
use skolstart_shared::consent::PupilSay;
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use uuid::Uuid;

/// Where the data and the key are.
#[derive(Clone)]
pub struct StoreSettings {
    /// `sqlite:<path>` or `postgres://…`. May hold a password: never printed.
    pub database_url: String,
    /// The key file. Made at first start, when the database is empty.
    pub key_file: PathBuf,
    /// The file of the keys of persons. `None`: beside the key file, by the same name with `persons` after it.
    pub person_keys: Option<PathBuf>,
    /// How many connections read at the same time.
    pub read_connections: u32,
    /// From what age pupils have an own say about consents here.
    pub pupil_say: PupilSay,
    /// From what age pupils may sign in. `None`: they may not.
    pub pupils_from: Option<u8>,
}

impl StoreSettings {
    /// The file of the keys of persons.
    pub fn person_keys(&self) -> PathBuf {
        self.person_keys.clone().unwrap_or_else(|| self.key_file.with_extension("persons"))
    }
}

/// Why the store cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The key cannot be used.
    #[error(transparent)]
    Key(#[from] KeyFileError),
    /// The keys of persons cannot be used.
    #[error(transparent)]
    Persons(#[from] PersonKeysError),
    /// SQLite did not take the settings that durability rests on.
    #[error(
        "the database does not take write-ahead logging with full synchronisation: put it on a local disk"
    )]
    NotDurable,
    /// PostgreSQL says yes before it has kept what it was given.
    #[error(
        "PostgreSQL has {0} off and can lose answers for which receipts were given: switch it on (postgresql.conf, or ALTER ROLE … SET synchronous_commit = on)"
    )]
    PostgresLoses(String),
    /// The shipped element catalogue cannot be read: the program is built wrongly.
    #[error("the element catalogue cannot be read")]
    Catalogue,
    /// The role owns no tables, as it should, and they are of another version than the program.
    #[error(
        "the tables are of another version than this program, and this role may not change them: run `skolstart migrate` of this version with the role that owns them"
    )]
    MayNotMigrate,
    /// The database cannot be reached or is not ours.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<DbErr> for OpenError {
    fn from(error: DbErr) -> Self {
        Self::Store(error.into())
    }
}

/// The open store. A clone is the same store. As it is opened it is the operator's, and meets everybody's rows.
#[derive(Clone)]
pub struct Store {
    pub(super) inner: Arc<Inner>,
    pub(super) reader: Reader,
}

pub(super) struct Inner {
    pub(super) writer: Writer,
    pub(super) sealer: Sealer,
    pub(super) clock: Clock,
    pub(super) ids: Ids,
    pub(super) published: PublishedCache,
    pub(super) memory: Memory,
    pub(super) pupil_say: PupilSay,
    pub(super) pupils_from: Option<u8>,
    pub(super) lately: Lately,
    pub(super) refusals: Refusals,
}

/// Which file of the keys of persons is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Keys {
    /// The one that has every key that the database knows of.
    Newest,
    /// An older copy of it too, by who wants to know what is lost.
    Any,
}

impl Store {
    /// Opens the database, brings its tables up to date, checks the key, and starts the writer.
    ///
    /// # Errors
    /// When the database cannot be reached, does not take durable settings, or the key is not the one it was sealed with.
    pub async fn open(settings: &StoreSettings, clock: Clock) -> Result<Self, OpenError> {
        Self::open_with(settings, clock, Keys::Newest).await
    }

    pub(super) async fn open_with(
        settings: &StoreSettings,
        clock: Clock,
        which: Keys,
    ) -> Result<Self, OpenError> {
        let ids = Ids::new(clock.clone());
        // One connection writes: SQLite has one writer, and on PostgreSQL the audit chain of a process is one.
        let write = connect::writing(&settings.database_url).await?;
        if !connect::is_durable(&write).await? {
            return Err(OpenError::NotDurable);
        }
        let off = durable::switched_off(&write).await?;
        // A demo and the tests give no receipts that anybody will ask for.
        if !off.is_empty() && !cfg!(feature = "demo") {
            return Err(OpenError::PostgresLoses(off.join(", ")));
        }
        let readers = settings.read_connections.max(1) + HELD;
        let read = connect::reading(&settings.database_url, readers).await?;
        migrate(&read).await?;
        let sealer = unlock(&write, settings).await?;
        let sealer = persons(&write, sealer, &settings.person_keys(), which).await?;
        let catalogue = crate::library::catalogue().map_err(|_| OpenError::Catalogue)?;
        inventory::seed(&write, &catalogue, clock.now()).await?;
        let published = PublishedCache::load(&read).await?;
        let mark = PersonMark::new(sealer.clone(), sealer.persons()?.made_here());
        let chain = Chain::begin(ids.next().map_err(StoreError::from)?);
        let writer = Writer::start(write, chain, clock.clone(), mark);
        let memory = Memory::new(clock.today(), &read);
        let (pupil_say, pupils_from) = (settings.pupil_say, settings.pupils_from);
        let (lately, refusals) = (Lately::default(), Refusals::default());
        let reader = Reader::of(read).await?;
        let inner =
            Inner { writer, sealer, clock, ids, published, memory, pupil_say, pupils_from, lately, refusals };
        Ok(Self { inner: Arc::new(inner), reader })
    }

    /// Commits what is waiting and closes the connections. Later writes are answered with [`StoreError::Busy`].
    pub async fn close(&self) {
        self.inner.writer.close().await;
        self.inner.memory.close().await;
        self.reader.close().await;
    }

    /// The clock of this store.
    pub fn clock(&self) -> &Clock {
        &self.inner.clock
    }

    /// The source of ids of this store.
    pub fn ids(&self) -> &Ids {
        &self.inner.ids
    }

    /// From what age pupils have an own say about consents here.
    pub fn pupil_say(&self) -> PupilSay {
        self.inner.pupil_say
    }

    /// From what age pupils may sign in here. `None`: they may not.
    pub fn pupils_from(&self) -> Option<u8> {
        self.inner.pupils_from
    }

    /// What signs receipts here.
    pub fn receipt_key(&self) -> ReceiptKey {
        ReceiptKey::of(self.sealer())
    }

    /// Connections for reading.
    pub(super) fn db(&self) -> &Reader {
        &self.reader
    }

    pub(super) fn sealer(&self) -> &Sealer {
        &self.inner.sealer
    }
}

/// Any fixed number: says which lock, among those of the same PostgreSQL database.
const MIGRATION_LOCK: &str = "SELECT pg_advisory_xact_lock(7310425180131)";

async fn migrate(db: &DatabaseConnection) -> Result<(), OpenError> {
    // A role that serves and owns nothing is not asked to change anything when there is nothing to change.
    if is_up_to_date(db).await {
        return Ok(());
    }
    change_tables(db).await.map_err(|error| match error {
        StoreError::Database(said) if said.contains("permission denied") => OpenError::MayNotMigrate,
        other => other.into(),
    })
}

/// False also where there are no tables yet, and where they are newer than the program: then the change refuses.
async fn is_up_to_date(db: &DatabaseConnection) -> bool {
    let sql = Statement::from_string(db.get_database_backend(), "SELECT version FROM seaql_migrations");
    let Ok(rows) = db.query_all_raw(sql).await else { return false };
    let applied: HashSet<String> = rows.iter().filter_map(|row| row.try_get_by_index(0).ok()).collect();
    applied == Migrator::migrations().iter().map(|migration| migration.name().to_owned()).collect()
}

async fn change_tables(db: &DatabaseConnection) -> Result<(), StoreError> {
    // All of it or nothing: a start may be killed half-way.
    let all = db.begin().await?;
    if db.get_database_backend() == DbBackend::Postgres {
        // Several processes may start at the same time.
        all.execute_unprepared(MIGRATION_LOCK).await?;
    }
    Migrator::up(&all, None).await?;
    Ok(all.commit().await?)
}

pub(super) const KEY_CHECK: &str = "key-check";
const CHECK_TEXT: &[u8] = b"skolstart";

/// Reads the key, or makes one for an empty database, and proves that it is the right one.
async fn unlock(db: &DatabaseConnection, settings: &StoreSettings) -> Result<Sealer, OpenError> {
    let file = &settings.key_file;
    let found = seal::exists(file);
    let check = meta::Entity::find_by_id(KEY_CHECK.to_owned()).one(db).await?;
    let key = match (&check, found) {
        (Some(_), false) => return Err(KeyFileError::Missing(file.clone()).into()),
        (_, true) => seal::read(file)?,
        (None, false) => seal::create(file)?,
    };
    let sealer = Sealer::new(&key).map_err(|_| StoreError::Corrupt("key"))?;
    let check = match check {
        Some(check) => check.value,
        None => remember(db, &sealer, &key).await?,
    };
    let (id, sealed) = check.split_at(check.len().min(KEY_ID));
    let is_known = key.keys.iter().any(|key| key.id == id);
    let opened = sealer.open("meta", KEY_CHECK, Uuid::nil(), sealed);
    match opened {
        Ok(text) if *text == CHECK_TEXT && is_known => Ok(sealer),
        _ => Err(KeyFileError::WrongKey(file.clone()).into()),
    }
}

/// Opens the keys of persons, or makes an empty file for a database that has none, and proves that they are the newest.
async fn persons(
    db: &DatabaseConnection,
    sealer: Sealer,
    file: &Path,
    which: Keys,
) -> Result<Sealer, OpenError> {
    let known = person_mark::known(db).await?;
    match (&known, seal::exists(file)) {
        (Some(_), false) => return Err(PersonKeysError::Missing(file.to_owned()).into()),
        (None, false) => PersonKeys::create(file)?,
        (_, true) => {}
    }
    if which == Keys::Any {
        let known = known.as_deref().map(|known| known.get(..ID).unwrap_or(known));
        return Ok(sealer.with(PersonKeys::open(file, known)?)?);
    }
    let sealer = sealer.with(PersonKeys::open(file, known.as_deref())?)?;
    person_mark::note(db, sealer.persons()?.mark()?).await?;
    Ok(sealer)
}

/// The bytes of the id of a key of the key file.
const KEY_ID: usize = 8;

/// What says later which key the database was sealed with: the key's id and a value sealed with it.
pub(super) fn key_check(sealer: &Sealer, key: &KeyFile) -> Result<Vec<u8>, StoreError> {
    let mut value = key.keys.first().map(|key| key.id.to_vec()).ok_or(StoreError::Corrupt("key"))?;
    value.extend(sealer.seal("meta", KEY_CHECK, Uuid::nil(), CHECK_TEXT)?);
    Ok(value)
}

/// Notes which key it is, so that a later start can tell whether it has the same.
async fn remember(db: &DatabaseConnection, sealer: &Sealer, key: &KeyFile) -> Result<Vec<u8>, OpenError> {
    let value = key_check(sealer, key)?;
    let row = meta::ActiveModel { key: Set(KEY_CHECK.to_owned()), value: Set(value.clone()) };
    match row.insert(db).await.map_err(StoreError::from) {
        Ok(_) => Ok(value),
        // Another process was first: its key counts.
        Err(StoreError::Collision) => {
            let first = meta::Entity::find_by_id(KEY_CHECK.to_owned()).one(db).await?;
            Ok(first.map(|row| row.value).unwrap_or_default())
        }
        Err(error) => Err(error.into()),
    }
}
