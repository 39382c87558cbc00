//! The same tests for every place for drafts: natively for what is in memory, and in a browser for its database.

use super::draft_store::{DraftStore, KEPT_DAYS, Keeping, StorageError, UNSENT_DAYS};
use skolstart_shared::date::Timestamp;
use skolstart_shared::id::PersonId;

/// Makes a test of each for the module it stands in. `keeps_drafts!(now: …)` for what is ready at once, as everything in memory
/// is; `keeps_drafts!(browser: …)` for what is waited for.
macro_rules! keeps_drafts {
    (@each $way:ident $store:expr => $($name:ident)*) => {
        $($crate::storage::conformance::keeps_drafts!(@$way $name $store);)*
    };
    (@now $name:ident $store:expr) => {
        #[test]
        fn $name() {
            use std::task::{Context, Poll, Waker};
            let kept = std::pin::pin!($crate::storage::conformance::$name($store));
            let ended = kept.poll(&mut Context::from_waker(Waker::noop()));
            assert_eq!(ended, Poll::Ready(()), "a store in memory does not wait");
        }
    };
    (@browser $name:ident $store:expr) => {
        #[wasm_bindgen_test::wasm_bindgen_test]
        async fn $name() {
            $crate::storage::conformance::$name($store).await;
        }
    };
    ($way:ident: $store:expr) => {
        $crate::storage::conformance::keeps_drafts!(@each $way $store =>
            gives_back_what_was_saved
            never_overwrites_what_another_tab_saved
            somebody_else_finds_nothing_and_ends_it
            forgets_after_a_week
            what_is_to_be_sent_waits_for_its_owner
            what_the_school_said_is_only_for_the_one_it_was_said_to);
    };
}

pub(super) use keeps_drafts;

fn person(last: u8) -> PersonId {
    format!("00000000-0000-7000-8000-0000000000{last:02}").parse().unwrap()
}

fn draft(record: &str) -> Keeping<'_> {
    Keeping { record, unsent: false }
}

fn day(days: i64) -> Timestamp {
    Timestamp::from_millis(1_786_000_000_000 + days * 86_400_000)
}

pub(super) async fn gives_back_what_was_saved(store: impl DraftStore) {
    assert_eq!(store.load(person(1), day(0)).await, Ok(None));
    assert_eq!(store.save(person(1), 0, draft("ett"), day(0)).await, Ok(1));
    assert_eq!(store.save(person(1), 1, draft("två"), day(0)).await, Ok(2));
    let stored = store.load(person(1), day(0)).await.unwrap().unwrap();
    assert_eq!((stored.revision, stored.record.as_str()), (2, "två"));
}

pub(super) async fn never_overwrites_what_another_tab_saved(store: impl DraftStore) {
    store.save(person(1), 0, draft("ett"), day(0)).await.unwrap();
    assert_eq!(store.save(person(1), 0, draft("annan flik"), day(0)).await, Err(StorageError::Moved));
    store.erase(person(1)).await.unwrap();
    assert_eq!(store.save(person(1), 1, draft("efter"), day(0)).await, Err(StorageError::Moved));
    assert_eq!(store.load(person(1), day(0)).await, Ok(None));
}

pub(super) async fn somebody_else_finds_nothing_and_ends_it(store: impl DraftStore) {
    store.save(person(1), 0, draft("ett"), day(0)).await.unwrap();
    assert_eq!(store.load(person(2), day(0)).await, Ok(None));
    assert_eq!(store.load(person(1), day(0)).await, Ok(None));
}

pub(super) async fn forgets_after_a_week(store: impl DraftStore) {
    store.save(person(1), 0, draft("ett"), day(0)).await.unwrap();
    assert!(store.load(person(1), day(KEPT_DAYS)).await.unwrap().is_some());
    assert_eq!(store.load(person(1), day(KEPT_DAYS + 1)).await, Ok(None));
    assert_eq!(store.load(person(1), day(0)).await, Ok(None));
}

pub(super) async fn what_is_to_be_sent_waits_for_its_owner(store: impl DraftStore) {
    let unsent = Keeping { record: "ett", unsent: true };
    assert_eq!(store.save(person(1), 0, unsent, day(0)).await, Ok(1));
    assert_eq!(store.load(person(2), day(1)).await, Ok(None));
    assert_eq!(store.save(person(2), 0, draft("två"), day(1)).await, Ok(1));
    store.erase(person(2)).await.unwrap();
    assert_eq!(store.load(person(2), day(1)).await, Ok(None));
    assert_eq!(store.save(person(2), 0, draft("tre"), day(1)).await, Ok(1));
    let stored = store.load(person(1), day(KEPT_DAYS + 1)).await.unwrap().unwrap();
    assert_eq!((stored.revision, stored.record.as_str()), (1, "ett"));
    assert_eq!(store.load(person(2), day(2)).await, Ok(None), "hers was a draft");
    assert_eq!(store.load(person(1), day(UNSENT_DAYS + 1)).await, Ok(None));
}

pub(super) async fn what_the_school_said_is_only_for_the_one_it_was_said_to(store: impl DraftStore) {
    assert_eq!(store.remembered(day(0)).await, Ok(None));
    store.remember(person(1), "hem", day(0)).await.unwrap();
    assert_eq!(store.remembered(day(0)).await, Ok(Some("hem".to_owned())));
    assert_eq!(store.load(person(1), day(0)).await, Ok(None));
    assert!(store.remembered(day(0)).await.unwrap().is_some());
    assert_eq!(store.load(person(2), day(0)).await, Ok(None));
    assert_eq!(store.remembered(day(0)).await, Ok(None));
    store.remember(person(2), "hem", day(0)).await.unwrap();
    assert_eq!(store.remembered(day(KEPT_DAYS + 1)).await, Ok(None));
    store.remember(person(2), "hem", day(0)).await.unwrap();
    store.erase(person(2)).await.unwrap();
    assert_eq!(store.remembered(day(0)).await, Ok(None));
}
