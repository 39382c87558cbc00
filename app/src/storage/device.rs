//! The place for drafts of this page: IndexedDB, or memory where that may not or cannot be used.

use super::draft_store::{DraftStore, Keeping, StorageError, Stored};
use super::indexed_db::IndexedDb;
use super::memory::Memory;
use skolstart_shared::date::Timestamp;
use skolstart_shared::id::PersonId;

/// See the module.
pub enum Device {
    /// Kept when the page is closed.
    Kept(IndexedDb),
    /// Gone when the page is closed: a shared device, protected identity, or no storage.
    Fleeting(Memory),
}

impl Device {
    /// True when a draft outlives the page.
    pub fn is_kept(&self) -> bool {
        matches!(self, Self::Kept(_))
    }
}

impl DraftStore for Device {
    async fn load(&self, owner: PersonId, now: Timestamp) -> Result<Option<Stored>, StorageError> {
        match self {
            Self::Kept(store) => store.load(owner, now).await,
            Self::Fleeting(store) => store.load(owner, now).await,
        }
    }

    async fn save(
        &self,
        owner: PersonId,
        revision: u32,
        keeping: Keeping<'_>,
        now: Timestamp,
    ) -> Result<u32, StorageError> {
        match self {
            Self::Kept(store) => store.save(owner, revision, keeping, now).await,
            Self::Fleeting(store) => store.save(owner, revision, keeping, now).await,
        }
    }

    async fn remember(&self, owner: PersonId, record: &str, now: Timestamp) -> Result<(), StorageError> {
        match self {
            Self::Kept(store) => store.remember(owner, record, now).await,
            Self::Fleeting(store) => store.remember(owner, record, now).await,
        }
    }

    async fn remembered(&self, now: Timestamp) -> Result<Option<String>, StorageError> {
        match self {
            Self::Kept(store) => store.remembered(now).await,
            Self::Fleeting(store) => store.remembered(now).await,
        }
    }

    async fn erase(&self, owner: PersonId) -> Result<(), StorageError> {
        match self {
            Self::Kept(store) => store.erase(owner).await,
            Self::Fleeting(store) => store.erase(owner).await,
        }
    }
}
