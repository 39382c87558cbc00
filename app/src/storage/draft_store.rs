//! What every place for drafts must do. `conformance.rs` tests each of them the same way.

use skolstart_shared::date::Timestamp;
use skolstart_shared::id::PersonId;
use std::future::Future;

/// For how many days a draft that nobody touches is kept, and what the school said last.
pub const KEPT_DAYS: i64 = 7;

/// For how many days something is kept that was to be sent and has not been.
pub const UNSENT_DAYS: i64 = 30;

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

/// What a record is, as its place must know it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Keeping<'a> {
    /// What is kept.
    pub record: &'a str,
    /// True when something in it was to be sent and has not been.
    pub unsent: bool,
}

/// A place for the draft of the one who is signed in, and beside it what the school said last, so that she can go on
/// without a network. Whoever else signs in finds nothing of it. A draft of somebody else is gone afterwards, unless
/// something in it is still to be sent: then it waits, unseen, for its owner.
pub trait DraftStore {
    /// The draft of `owner`. Erases what is somebody else's or older than [`KEPT_DAYS`] ([`UNSENT_DAYS`]).
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
        keeping: Keeping<'_>,
        now: Timestamp,
    ) -> impl Future<Output = Result<u32, StorageError>>;

    /// Keeps what the school said last to `owner`.
    fn remember(
        &self,
        owner: PersonId,
        record: &str,
        now: Timestamp,
    ) -> impl Future<Output = Result<(), StorageError>>;

    /// What the school said last, to whoever was signed in then.
    fn remembered(&self, now: Timestamp) -> impl Future<Output = Result<Option<String>, StorageError>>;

    /// Erases everything but what others have still to send, and with the last of it the key.
    fn erase(&self, owner: PersonId) -> impl Future<Output = Result<(), StorageError>>;
}

/// True when a record saved at `saved` may still be read at `now`. A clock that was set back since changes nothing.
pub(super) fn is_fresh(saved: Timestamp, unsent: bool, now: Timestamp) -> bool {
    let days = if unsent { UNSENT_DAYS } else { KEPT_DAYS };
    now <= saved.plus_millis(days * 86_400_000)
}
