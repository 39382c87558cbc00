//! A draft in memory: gone with the page. For shared devices, protected identities, private windows and tests.

use super::draft_store::{DraftStore, Keeping, StorageError, Stored, is_fresh};
use skolstart_shared::date::Timestamp;
use skolstart_shared::id::PersonId;
use std::cell::RefCell;

struct Kept {
    owner: PersonId,
    saved: Timestamp,
    unsent: bool,
    stored: Stored,
}

/// See the module.
#[derive(Default)]
pub struct Memory {
    kept: RefCell<Vec<Kept>>,
    remembered: RefCell<Option<(PersonId, Timestamp, String)>>,
}

impl DraftStore for Memory {
    async fn load(&self, owner: PersonId, now: Timestamp) -> Result<Option<Stored>, StorageError> {
        let mut kept = self.kept.borrow_mut();
        kept.retain(|kept| is_fresh(kept.saved, kept.unsent, now) && (kept.unsent || kept.owner == owner));
        self.remembered.borrow_mut().take_if(|(whose, _, _)| *whose != owner);
        Ok(kept.iter().find(|kept| kept.owner == owner).map(|kept| kept.stored.clone()))
    }

    async fn save(
        &self,
        owner: PersonId,
        revision: u32,
        keeping: Keeping<'_>,
        now: Timestamp,
    ) -> Result<u32, StorageError> {
        let mut kept = self.kept.borrow_mut();
        let stands = kept.iter().find(|kept| kept.owner == owner).map_or(0, |kept| kept.stored.revision);
        if stands != revision {
            return Err(StorageError::Moved);
        }
        let stored = Stored { revision: revision + 1, record: keeping.record.to_owned() };
        kept.retain(|kept| kept.owner != owner);
        kept.push(Kept { owner, saved: now, unsent: keeping.unsent, stored });
        Ok(revision + 1)
    }

    async fn remember(&self, owner: PersonId, record: &str, now: Timestamp) -> Result<(), StorageError> {
        self.remembered.replace(Some((owner, now, record.to_owned())));
        Ok(())
    }

    async fn remembered(&self, now: Timestamp) -> Result<Option<String>, StorageError> {
        let mut remembered = self.remembered.borrow_mut();
        remembered.take_if(|(_, saved, _)| !is_fresh(*saved, false, now));
        Ok(remembered.as_ref().map(|(_, _, record)| record.clone()))
    }

    async fn erase(&self, owner: PersonId) -> Result<(), StorageError> {
        self.kept.borrow_mut().retain(|kept| kept.unsent && kept.owner != owner);
        self.remembered.replace(None);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    super::super::conformance::keeps_drafts!(now: super::Memory::default());
}
