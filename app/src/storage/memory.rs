//! A draft in memory: gone with the page. For protected identities, private windows and tests.

use super::draft_store::{DraftStore, StorageError, Stored, may_be_read};
use skolstart_shared::date::Timestamp;
use skolstart_shared::id::PersonId;
use std::cell::RefCell;

struct Kept {
    owner: PersonId,
    saved: Timestamp,
    stored: Stored,
}

/// See the module.
#[derive(Default)]
pub struct Memory {
    kept: RefCell<Option<Kept>>,
}

impl DraftStore for Memory {
    async fn load(&self, owner: PersonId, now: Timestamp) -> Result<Option<Stored>, StorageError> {
        let mut kept = self.kept.borrow_mut();
        kept.take_if(|kept| !may_be_read(kept.owner, owner, kept.saved, now));
        Ok(kept.as_ref().map(|kept| kept.stored.clone()))
    }

    async fn save(
        &self,
        owner: PersonId,
        revision: u32,
        record: &str,
        now: Timestamp,
    ) -> Result<u32, StorageError> {
        let mut kept = self.kept.borrow_mut();
        let stands = kept.as_ref().filter(|kept| kept.owner == owner).map_or(0, |kept| kept.stored.revision);
        if stands != revision {
            return Err(StorageError::Moved);
        }
        let stored = Stored { revision: revision + 1, record: record.to_owned() };
        *kept = Some(Kept { owner, saved: now, stored });
        Ok(revision + 1)
    }

    async fn erase(&self) -> Result<(), StorageError> {
        self.kept.replace(None);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    super::super::conformance::keeps_drafts!(super::Memory::default());
}
