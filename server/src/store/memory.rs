//! What the register says of the people who are here just now, and their sessions, kept in memory for one generation.
//!
//! Owns how long that may be believed: until any process has written the register, or the day ends. Called by the store's
//! own reading, and refreshed by `identity` and `policy` at the beginning of each request. Must not keep what people answer.

use super::decisions::LATEST;
use super::entity::{consent_decision, fact_snapshot};
use super::generation::{Generations, Watch};
use super::known::SNAPSHOTS;
use super::read::{ChildRecord, Name};
use super::rights::Rights;
use super::session::{StoredSession, TokenHash};
use super::together::Together;
use super::{Store, StoreError};
use sea_orm::DatabaseConnection;
use skolstart_shared::Date;
use skolstart_shared::id::PersonId;
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

/// The most entries of one kind. When it is full it starts over: those who are here just now come back at once.
const MOST: usize = 50_000;

/// Entries that may be thrown away at any time.
pub(super) struct Kept<K, V>(Mutex<HashMap<K, V>>);

impl<K, V> Default for Kept<K, V> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<K: Eq + Hash, V: Clone> Kept<K, V> {
    pub(super) fn get(&self, key: &K) -> Option<V> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(key).cloned()
    }

    pub(super) fn put(&self, key: K, value: V) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= MOST {
            kept.clear();
        }
        kept.insert(key, value);
    }
}

/// One generation of the register on one day.
pub(super) struct Register {
    pub(super) generation: Option<Vec<u8>>,
    today: Date,
    pub(super) rights: Kept<PersonId, Arc<Rights>>,
    pub(super) children: Kept<PersonId, Arc<ChildRecord>>,
    pub(super) names: Kept<PersonId, Name>,
}

impl Register {
    fn new(generation: Option<Vec<u8>>, today: Date) -> Arc<Self> {
        let (rights, children, names) = Default::default();
        Arc::new(Self { generation, today, rights, children, names })
    }
}

/// One generation of sessions: none of them has been ended.
#[derive(Default)]
pub(super) struct Sessions {
    generation: Option<Vec<u8>>,
    pub(super) live: Kept<TokenHash, StoredSession>,
}

/// The newest of both that this process has met.
pub(super) struct Memory {
    pub(super) watch: Watch,
    pub(super) snapshots: Together<fact_snapshot::Model>,
    pub(super) decisions: Together<consent_decision::Model>,
    register: RwLock<Arc<Register>>,
    sessions: RwLock<Arc<Sessions>>,
}

impl Memory {
    pub(super) fn new(today: Date, pool: &DatabaseConnection) -> Self {
        Self {
            watch: Watch::new(pool),
            snapshots: Together::new(SNAPSHOTS, pool),
            decisions: Together::new(LATEST, pool),
            register: RwLock::new(Register::new(None, today)),
            sessions: RwLock::default(),
        }
    }

    /// Gives back the connections that the readings hold.
    pub(super) async fn close(&self) {
        self.watch.close().await;
        self.snapshots.close().await;
        self.decisions.close().await;
    }

    fn renew(&self, newest: Generations, today: Date) {
        let known = self.register.read().unwrap_or_else(PoisonError::into_inner).clone();
        if known.generation != newest.register || known.today != today {
            *self.register.write().unwrap_or_else(PoisonError::into_inner) =
                Register::new(newest.register, today);
        }
        if self.sessions().generation != newest.sessions {
            let live = Kept::default();
            *self.sessions.write().unwrap_or_else(PoisonError::into_inner) =
                Arc::new(Sessions { generation: newest.sessions, live });
        }
    }

    pub(super) fn sessions(&self) -> Arc<Sessions> {
        self.sessions.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Store {
    /// True when the database answers and the writer takes what comes.
    pub async fn is_well(&self) -> bool {
        self.inner.writer.is_open() && self.generations().await.is_ok()
    }

    /// Forgets what has changed since, in any process. Whoever reads rights calls this first, once per request: a duty
    /// that ended is gone at the next request.
    pub(crate) async fn renew_memory(&self) -> Result<(), StoreError> {
        let newest = self.generations().await?;
        if self.published().inventory_generation() != newest.inventory.as_deref() {
            self.reload_published().await?;
        }
        self.inner.memory.renew(newest, self.clock().today());
        Ok(())
    }

    /// What is remembered of the register on this day: another day begins with nothing.
    pub(super) fn register(&self, today: Date) -> Arc<Register> {
        let known = self.inner.memory.register.read().unwrap_or_else(PoisonError::into_inner).clone();
        if known.today == today { known } else { Register::new(None, today) }
    }
}
