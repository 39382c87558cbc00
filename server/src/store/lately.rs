//! Which children somebody was shown in a list a short while ago. A list is asked for again each time something in it changes:
//! that the list was read is noted each time, and that a child in it was seen once an hour.
//!
//! Called by the reading of lists. Must not be used for what is asked about one child.

use super::{AuditEntry, Store, StoreError};
use skolstart_shared::Timestamp;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use uuid::Uuid;

/// For how long a child that was noted is not noted again.
const WHILE: i64 = 60 * 60_000;
/// The most that is remembered. Then everything is noted once more.
const MOST: usize = 200_000;

type Seen = (Option<Uuid>, &'static str, Option<Uuid>);

#[derive(Default)]
pub(super) struct Lately(Mutex<HashMap<Seen, Timestamp>>);

fn key(entry: &AuditEntry) -> Seen {
    (entry.actor.map(|actor| actor.0), entry.action, entry.object_id)
}

impl Lately {
    fn was(&self, entry: &AuditEntry, now: Timestamp) -> bool {
        let seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        seen.get(&key(entry))
            .is_some_and(|at| now.as_millis().abs_diff(at.as_millis()) < WHILE.unsigned_abs())
    }

    fn remember(&self, noted: impl Iterator<Item = Seen>, now: Timestamp) {
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.len() > MOST {
            seen.clear();
        }
        seen.extend(noted.map(|key| (key, now)));
    }
}

impl Store {
    /// Notes that a list is about to be shown, and each child in it that the same person has not been shown in the same kind of
    /// list lately. `always` are noted each time.
    ///
    /// # Errors
    /// [`StoreError::Busy`] when it could not be noted.
    pub async fn note_list(
        &self,
        always: Vec<AuditEntry>,
        children: impl Iterator<Item = AuditEntry>,
    ) -> Result<(), StoreError> {
        let now = self.clock().now();
        let children: Vec<AuditEntry> = children.filter(|entry| !self.inner.lately.was(entry, now)).collect();
        let keys: Vec<Seen> = children.iter().map(key).collect();
        self.note(always.into_iter().chain(children).collect()).await?;
        // Only what is committed.
        self.inner.lately.remember(keys.into_iter(), now);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use skolstart_shared::id::PersonId;

    #[test]
    fn a_child_is_noted_once_an_hour_for_each_person_and_kind_of_list() {
        let entry = |actor, action, child| AuditEntry {
            acting_for: None,
            actor: Some(PersonId(Uuid::from_u128(actor))),
            action,
            object_kind: "listed-child",
            object_id: Some(Uuid::from_u128(child)),
            purpose: "staff",
            outcome: "done",
            request_id: String::new(),
        };
        let (lately, now) = (Lately::default(), Timestamp::from_millis(1_000_000_000));
        let first = entry(1, "read-group", 2);
        assert!(!lately.was(&first, now));
        lately.remember([key(&first)].into_iter(), now);
        assert!(lately.was(&first, now.plus_millis(WHILE - 1)));
        assert!(!lately.was(&first, now.plus_millis(WHILE)));
        for other in [entry(3, "read-group", 2), entry(1, "read-kitchen", 2), entry(1, "read-group", 4)] {
            assert!(!lately.was(&other, now));
        }
    }
}
