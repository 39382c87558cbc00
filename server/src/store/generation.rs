//! Which generation of the register, of the sessions and of the inventory is the newest, in whatever process it was written.
//!
//! Owns three rows of `meta` that change in the same transaction as what they stand for. Called by what keeps rows in memory.
//! Must not hold anything itself that a reader could take for a right.

use super::entity::meta;
use super::held::Held;
use super::{Store, StoreError};
use crate::store::Transaction;
use sea_orm::sea_query::OnConflict;
use sea_orm::{DatabaseConnection, EntityTrait, IntoActiveModel};
use std::sync::atomic::{AtomicU64, Ordering};
use tokio::sync::Mutex;
use uuid::Uuid;

/// What is counted in generations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Of {
    /// People, relations, units, groups, places and duties.
    Register,
    /// Sessions that ended before their time.
    Sessions,
    /// The element catalogue and the inventory of forms.
    Inventory,
}

impl Of {
    pub(super) const fn key(self) -> &'static str {
        match self {
            Self::Register => "register-generation",
            Self::Sessions => "session-generation",
            Self::Inventory => "inventory-generation",
        }
    }
}

/// The newest generations. `None`: nothing was ever written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Generations {
    pub(super) register: Option<Vec<u8>>,
    pub(super) sessions: Option<Vec<u8>>,
    pub(super) inventory: Option<Vec<u8>>,
    /// The number of the newest key that anything was sealed with, when the key was ever changed.
    pub(super) key: Option<Vec<u8>>,
    /// Which file of the keys of persons is the one.
    pub(super) persons: Option<Vec<u8>>,
}

/// The row of `meta` with [`Generations::key`].
pub(super) const KEY_NUMBER: &str = "key-number";
/// The row of `meta` with [`Generations::persons`].
pub(super) const PERSON_KEYS: &str = "person-keys";

/// Begins a new generation. In the transaction of the change itself: who sees the one sees the other.
pub(super) async fn advance(db: &Transaction, of: Of, id: Uuid) -> Result<(), StoreError> {
    let row = meta::Model { key: of.key().to_owned(), value: id.as_bytes().to_vec() };
    let newest = OnConflict::column(meta::Column::Key).update_column(meta::Column::Value).to_owned();
    let insert = meta::Entity::insert(row.into_active_model()).on_conflict(newest);
    insert.exec_without_returning(db).await?;
    Ok(())
}

/// The generation of the register, as this transaction sees it.
pub(super) async fn of_register(db: &Transaction) -> Result<Option<Vec<u8>>, StoreError> {
    let row = meta::Entity::find_by_id(Of::Register.key().to_owned()).one(db).await?;
    Ok(row.map(|row| row.value))
}

const NEWEST: &str = "SELECT (SELECT value FROM meta WHERE key = 'register-generation'), \
                      (SELECT value FROM meta WHERE key = 'session-generation'), \
                      (SELECT value FROM meta WHERE key = 'inventory-generation'), \
                      (SELECT value FROM meta WHERE key = 'key-number'), \
                      (SELECT value FROM meta WHERE key = 'person-keys')";

/// Reads generations so that requests that wait at the same time share one statement.
pub(super) struct Watch {
    /// How many readings have begun.
    begun: AtomicU64,
    last: Mutex<Last>,
}

struct Last {
    /// The number of the last reading, and what it found.
    number: u64,
    found: Generations,
    connection: Held,
}

impl Watch {
    pub(super) fn new(pool: &DatabaseConnection) -> Self {
        let last = Last { number: 0, found: Generations::default(), connection: Held::new(pool) };
        Self { begun: AtomicU64::default(), last: Mutex::new(last) }
    }

    /// The newest generations, from a reading that began after this call did: whatever was committed before it is seen.
    async fn newest(&self) -> Result<Generations, StoreError> {
        let before = self.begun.load(Ordering::SeqCst);
        let mut last = self.last.lock().await;
        if last.number > before {
            return Ok(last.found.clone());
        }
        let number = self.begun.fetch_add(1, Ordering::SeqCst) + 1;
        let rows = last.connection.rows(NEWEST, &[], None).await?;
        last.found = match rows.first() {
            Some(row) => Generations {
                register: row.try_get_by_index(0)?,
                sessions: row.try_get_by_index(1)?,
                inventory: row.try_get_by_index(2)?,
                key: row.try_get_by_index(3)?,
                persons: row.try_get_by_index(4)?,
            },
            None => Generations::default(),
        };
        last.number = number;
        Ok(last.found.clone())
    }

    /// Gives the connection back.
    pub(super) async fn close(&self) {
        self.last.lock().await.connection.release();
    }
}

impl Store {
    /// The newest generations, as committed by any process before this call.
    ///
    /// # Errors
    /// [`StoreError::Busy`] also when the key was changed since this process read it, or another copy of the keys of persons is in use.
    pub(super) async fn generations(&self) -> Result<Generations, StoreError> {
        let newest = self.inner.memory.watch.newest().await?;
        let key = newest.key.as_deref().and_then(<[u8]>::first);
        if key.is_some_and(|key| *key > self.sealer().number()) {
            // What this process would seal now could soon not be opened any more.
            tracing::error!("the key was changed: start this process again");
            return Err(StoreError::Busy);
        }
        if let Some(known) = &newest.persons
            && !self.sealer().persons()?.is_known_as(known)?
        {
            // What is sealed with a key that is made here could not be opened there.
            tracing::error!(
                "a copy of the file with the keys of persons is in use elsewhere: all processes need the same file"
            );
            return Err(StoreError::Busy);
        }
        Ok(newest)
    }
}
