//! A server of a small demo municipality, on a database of its own.

use crate::browser::Browser;
use crate::municipality::Copy;
use axum::Router;
use sea_orm::{ConnectionTrait, Database, DatabaseConnection, Statement, Value};
use skolstart_server::clock::Clock;
use skolstart_server::demo::Cast;
use skolstart_server::http::{Limits, Proxies, Rates, assets::Assets, router};
use skolstart_server::identity::{Passkeys, SessionLimits, SessionRules};
use skolstart_server::state::AppState;
use skolstart_server::store::{Store, StoreSettings};
use skolstart_server::usecase::bulk::BulkLimits;
use skolstart_shared::Timestamp;
use skolstart_shared::consent::PupilSay;
use skolstart_shared::id::PersonId;
use tempfile::TempDir;

pub(crate) const ORIGIN: &str = "https://skolstart.example.se";
pub(crate) struct Site {
    pub(crate) router: Router,
    pub(crate) store: Store,
    pub(crate) clock: Clock,
    pub(crate) folder: TempDir,
    pub(crate) limits: Limits,
    /// The database, as who owns its tables.
    pub(crate) url: String,
    /// The same, as the role that the service has: it owns nothing, and on PostgreSQL it meets nobody's rows without saying who asks.
    serving: String,
}

/// Half an hour and eight hours, for everybody.
pub(crate) fn rules() -> SessionRules {
    let limits = SessionLimits { idle: 30 * 60_000, absolute: 8 * 3_600_000 };
    SessionRules { guardians: limits, staff: limits }
}

pub(crate) fn now() -> Timestamp {
    Timestamp::parse("2026-09-07T10:00:00Z").unwrap()
}

/// What a server of this municipality consists of, in which staff may have passkeys.
fn state(store: &Store, folder: &TempDir) -> AppState {
    let assets = Assets::new(Some(folder.path().join("web")));
    AppState::new(store.clone(), ORIGIN, rules(), assets).with_passkeys(Passkeys::new(ORIGIN).ok())
}

impl Site {
    pub(crate) async fn on_sqlite() -> Self {
        Self::of(Copy::on_sqlite().await).await
    }

    /// On the server of `SKOLSTART_TEST_POSTGRES`, if there is one.
    pub(crate) async fn on_postgres() -> Option<Self> {
        Some(Self::of(Copy::on_postgres().await?).await)
    }

    async fn of(copy: Copy) -> Self {
        let clock = Clock::fixed(now());
        let store = Store::open(&copy.settings(), clock.clone()).await.unwrap();
        let Copy { folder, url, serving } = copy;
        let state = state(&store, &folder);
        let limits = state.limits.clone();
        Self { router: router(state), store, clock, folder, limits, url, serving }
    }

    /// The same municipality after a start with another setting.
    pub(crate) async fn with_pupil_say(self, pupil_say: PupilSay) -> Self {
        let pupils_from = self.store.pupils_from();
        self.with_pupils(pupils_from, pupil_say).await
    }

    /// The same, where pupils may sign in from this age and have an own say.
    pub(crate) async fn with_pupils(self, pupils_from: Option<u8>, pupil_say: PupilSay) -> Self {
        let (key_file, database_url) = (self.folder.path().join("key"), self.serving.clone());
        let settings = StoreSettings {
            database_url,
            key_file,
            person_keys: None,
            read_connections: 4,
            pupil_say,
            pupils_from,
        };
        self.store.close().await;
        let store = Store::open(&settings, self.clock.clone()).await.unwrap();
        let router = router(state(&store, &self.folder));
        Self { router, store, ..self }
    }

    /// The same, for a test in which one person asks for more than a person does.
    pub(crate) fn without_limits(self) -> Self {
        self.with_rates(Rates { person: 1_000_000, address: 1_000_000 })
    }

    /// The same, where so many requests are let in.
    pub(crate) fn with_rates(self, rates: Rates) -> Self {
        let limits = Limits::new(rates, Proxies::default());
        let state = state(&self.store, &self.folder).limited_by(limits.clone());
        Self { router: router(state), limits, ..self }
    }

    /// The same, where one person reads and takes out so much in a day.
    pub(crate) fn with_bulk(self, bulk: BulkLimits) -> Self {
        let state = state(&self.store, &self.folder);
        let state = state.limited_by(self.limits.clone()).with_bulk(bulk);
        Self { router: router(state), ..self }
    }

    pub(crate) fn visitor(&self) -> Browser {
        Browser::new(self.router.clone())
    }

    pub(crate) async fn sign_in(&self, who: Cast) -> Browser {
        let mut browser = self.visitor();
        browser.sign_in(PersonId(who.id())).await;
        browser
    }

    pub(crate) fn later(&self, minutes: i64) {
        self.clock.set(self.clock.now().plus_millis(minutes * 60_000));
    }

    /// A connection beside the store, for looking at rows and for holding locks.
    pub(crate) async fn raw(&self) -> DatabaseConnection {
        Database::connect(&self.url).await.unwrap()
    }

    pub(crate) fn is_sqlite(&self) -> bool {
        self.url.starts_with("sqlite")
    }

    /// Ends all relations of an adult yesterday, as an import would.
    pub(crate) async fn end_relations(&self, adult: Cast) {
        self.end_yesterday("UPDATE guardian_relation SET to_day = $1 WHERE adult_id = $2", adult).await;
    }

    /// Ends all duties of somebody yesterday, as an import would.
    pub(crate) async fn end_duties(&self, who: Cast) {
        self.end_yesterday("UPDATE duty SET to_day = $1 WHERE person_id = $2", who).await;
    }

    /// Ends school for a child yesterday, as an import would.
    pub(crate) async fn end_school(&self, child: Cast) {
        self.end_yesterday("UPDATE enrolment SET to_day = $1 WHERE child_id = $2", child).await;
    }

    /// Gives somebody a duty for today alone like the one that another has, as an import would: a substitute.
    pub(crate) async fn substitute(&self, who: Cast, like: Cast) {
        let sql = "INSERT INTO duty (id, person_id, unit_id, role_word, from_day, to_day, source_hash, updated_at) \
                   SELECT $1, $1, unit_id, role_word, $3, $3, source_hash, updated_at FROM duty WHERE person_id = $2";
        let today = self.clock.today().to_string();
        self.change_register(sql, [who.id().into(), like.id().into(), today.into()], who).await;
    }

    /// Lets an adult decide for the children of another from now on, as an import would.
    pub(crate) async fn become_guardian(&self, who: Cast, of_those_of: Cast) {
        let sql = "INSERT INTO guardian_relation SELECT child_id, $1, kind, from_day, to_day FROM guardian_relation \
                   WHERE adult_id = $2";
        self.change_register(sql, [who.id().into(), of_those_of.id().into()], who).await;
    }

    async fn end_yesterday(&self, sql: &str, who: Cast) {
        let yesterday = self.clock.today().add_days(-1).to_string();
        self.change_register(sql, [yesterday.into(), who.id().into()], who).await;
    }

    async fn change_register<const N: usize>(&self, sql: &str, values: [Value; N], who: Cast) {
        let db = self.raw().await;
        let done = db
            .execute_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values))
            .await
            .unwrap();
        assert!(done.rows_affected() > 0);
        let sql = "INSERT INTO meta (key, value) VALUES ('register-generation', $1) \
                   ON CONFLICT (key) DO UPDATE SET value = excluded.value";
        let values = [who.id().as_bytes().to_vec().into()];
        db.execute_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await.unwrap();
    }
}
