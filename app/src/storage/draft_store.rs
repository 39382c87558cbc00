//! What every place for drafts must do. `conformance.rs` tests each of them the same way.

use skolstart_shared::date::Timestamp;
use skolstart_shared::id::PersonId;
use std::future::Future;

/// For how many days a draft that nobody touches is kept.
pub const KEPT_DAYS: i64 = 7;

/// A record as it was stored.
#[derive(Clone, PartialEq, Eq)]
pub struct Stored {
    /// Counts up with each save; what the next save must name.
    pub revision: u32,
    /// What was saved.
    pub record: String,
}

impl std::fmt::Debug for Stored {
    /// Says nothing of the record: it holds personal data.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Stored").field("revision", &self.revision).finish_non_exhaustive()
    }
}

/// Why nothing was stored or read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StorageError {
    /// Another tab has saved or erased in between: read, merge, save again.
    Moved,
    /// There is no such storage here: a private window, a full device, a browser that forbids it.
    Unavailable,
}

/// A place for the one draft on the device. It belongs to one person: whoever else asks finds nothing, and the draft is
/// gone afterwards.
pub trait DraftStore {
    /// The draft of `owner`. Erases what is somebody else's or older than [`KEPT_DAYS`].
    fn load(
        &self,
        owner: PersonId,
        now: Timestamp,
    ) -> impl Future<Output = Result<Option<Stored>, StorageError>>;

    /// Saves on top of `revision` (0: there is none yet) and gives the new revision.
    fn save(
        &self,
        owner: PersonId,
        revision: u32,
        record: &str,
        now: Timestamp,
    ) -> impl Future<Output = Result<u32, StorageError>>;

    /// Erases the draft, whoever's it is.
    fn erase(&self) -> impl Future<Output = Result<(), StorageError>>;
}

/// True when a record of `from` saved at `saved` may be given to `owner` at `now`.
pub(super) fn may_be_read(from: PersonId, owner: PersonId, saved: Timestamp, now: Timestamp) -> bool {
    from == owner && now <= saved.plus_millis(KEPT_DAYS * 86_400_000)
}
