//! What a signed-in person was refused: noted in the audit trail, which is never thinned, up to a measure. The same again within an hour is
//! noted once, and of many in an hour it is noted that there were more.
//!
//! Owns what was noted lately, in memory of this process. Called by `policy`. Must not be used for what was shown.

use super::{AuditEntry, Store, StoreError};
use skolstart_shared::Timestamp;
use skolstart_shared::id::PersonId;
use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, PoisonError};
use uuid::Uuid;

/// The outcome of what was refused.
pub(in crate::store) const REFUSED: &str = "refused";
/// What kind of thing more of the same was.
const MORE: &str = "more";

/// For how long what was noted is not noted again, in milliseconds.
const WHILE: i64 = 60 * 60_000;
/// The most that is noted of one person in that time, and of all together.
const MOST: usize = 60;
const MOST_OF_ALL: usize = 3_000;

#[derive(Default)]
struct Of {
    since: Option<Timestamp>,
    noted: HashSet<(&'static str, Option<Uuid>)>,
    more: bool,
    /// The request that something was last refused in.
    request: String,
}

#[derive(Default)]
struct Seen {
    since: Option<Timestamp>,
    all: usize,
    people: HashMap<PersonId, Of>,
}

/// What is done with a refusal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Noting {
    Note,
    /// It is noted that there are more.
    More,
    Not,
}

/// What was noted lately.
#[derive(Default)]
pub(super) struct Refusals(Mutex<Seen>);

fn is_over(since: Option<Timestamp>, now: Timestamp) -> bool {
    since.is_none_or(|since| now.as_millis().abs_diff(since.as_millis()) >= WHILE.unsigned_abs())
}

impl Refusals {
    /// Remembers the request. True when something was refused in it before.
    fn again(&self, who: PersonId, request: &str) -> bool {
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let of = seen.people.entry(who).or_default();
        let again = of.request == request;
        request.clone_into(&mut of.request);
        again
    }

    fn take(&self, who: PersonId, what: (&'static str, Option<Uuid>), now: Timestamp) -> Noting {
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if is_over(seen.since, now) {
            seen.people.retain(|known, of| *known == who || !is_over(of.since, now));
            (seen.since, seen.all) = (Some(now), 0);
        }
        let is_full = seen.all >= MOST_OF_ALL;
        let of = seen.people.entry(who).or_default();
        if is_over(of.since, now) {
            *of = Of { since: Some(now), request: std::mem::take(&mut of.request), ..Of::default() };
        }
        let noting = if of.noted.contains(&what) || is_full {
            Noting::Not
        } else if of.noted.len() < MOST {
            of.noted.insert(what);
            Noting::Note
        } else if of.more {
            Noting::Not
        } else {
            of.more = true;
            Noting::More
        };
        seen.all += usize::from(noting != Noting::Not);
        noting
    }
}

impl Store {
    /// Notes that somebody was refused something that she named, unless enough of hers was noted lately.
    ///
    /// # Errors
    /// [`StoreError::Busy`] when it could not be noted.
    pub(crate) async fn note_refusal(&self, who: PersonId, entry: AuditEntry) -> Result<(), StoreError> {
        self.inner.refusals.again(who, &entry.request_id);
        self.note_up_to_a_measure(who, entry).await
    }

    /// The same, unless something was noted of this request already: a use case was refused a grant, and says so.
    ///
    /// # Errors
    /// As [`Self::note_refusal`].
    pub(crate) async fn note_later_refusal(
        &self,
        who: PersonId,
        entry: AuditEntry,
    ) -> Result<(), StoreError> {
        match self.inner.refusals.again(who, &entry.request_id) {
            true => Ok(()),
            false => self.note_up_to_a_measure(who, entry).await,
        }
    }

    async fn note_up_to_a_measure(&self, who: PersonId, entry: AuditEntry) -> Result<(), StoreError> {
        let entry = AuditEntry { actor: Some(who), outcome: REFUSED, ..entry };
        match self.inner.refusals.take(who, (entry.action, entry.object_id), self.clock().now()) {
            Noting::Not => Ok(()),
            Noting::Note => self.note(vec![entry]).await,
            Noting::More => self.note(vec![AuditEntry { object_kind: MORE, object_id: None, ..entry }]).await,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(number: u128) -> PersonId {
        PersonId(Uuid::from_u128(number))
    }

    fn thing(number: usize) -> (&'static str, Option<Uuid>) {
        ("read-child", Some(Uuid::from_u128(number as u128)))
    }

    #[test]
    fn the_same_is_noted_once_an_hour_and_of_many_that_there_were_more() {
        let (refusals, noon) = (Refusals::default(), Timestamp::from_millis(0));
        assert_eq!(refusals.take(person(1), thing(0), noon), Noting::Note);
        assert_eq!(refusals.take(person(1), thing(0), noon.plus_millis(WHILE - 1)), Noting::Not);
        let noted = (1..500).map(|number| refusals.take(person(1), thing(number), noon));
        let noted: Vec<Noting> = noted.filter(|noting| *noting != Noting::Not).collect();
        assert_eq!(noted.len(), MOST);
        assert_eq!(noted.last(), Some(&Noting::More));
        assert_eq!(refusals.take(person(2), thing(0), noon), Noting::Note, "another is not held to it");
        assert_eq!(
            refusals.take(person(1), thing(0), noon.plus_millis(WHILE)),
            Noting::Note,
            "an hour later"
        );
    }

    #[test]
    fn a_request_is_known_again_and_another_is_not() {
        let refusals = Refusals::default();
        assert!(!refusals.again(person(1), "a"));
        assert!(refusals.again(person(1), "a"));
        assert!(!refusals.again(person(2), "a"), "each request is of one person");
        refusals.take(person(1), thing(0), Timestamp::from_millis(WHILE * 9));
        assert!(refusals.again(person(1), "a"), "an hour that begins anew forgets no request");
        assert!(!refusals.again(person(1), "b"));
    }

    #[test]
    fn all_together_do_not_fill_the_trail_either() {
        let (refusals, noon) = (Refusals::default(), Timestamp::from_millis(0));
        let takes = (0..200).flat_map(|who| (0..100).map(move |number| (who, number)));
        let noted =
            takes.filter(|(who, number)| refusals.take(person(*who), thing(*number), noon) != Noting::Not);
        assert_eq!(noted.count(), MOST_OF_ALL);
        assert_eq!(refusals.take(person(900), thing(0), noon.plus_millis(WHILE)), Noting::Note);
    }
}
