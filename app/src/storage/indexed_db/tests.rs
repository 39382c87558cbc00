//! IndexedDB in a real browser does what every place for drafts must do.

use super::connection::{DATABASE, database, done};
use super::{DRAFT, IndexedDb, key, put};
use crate::storage::draft_store::{DraftStore, Keeping};
use crate::storage::seal;
use js_sys::{Object, Reflect};
use skolstart_shared::date::Timestamp;
use skolstart_shared::id::PersonId;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

/// An empty one for each test: they run one after the other.
async fn fresh() -> IndexedDb {
    let factory = web_sys::window().unwrap().indexed_db().unwrap().unwrap();
    done(&factory.delete_database(DATABASE).unwrap()).await.unwrap();
    IndexedDb::open().await.unwrap()
}

super::super::conformance::keeps_drafts!(browser: fresh().await);

/// As rows were written before there was an outbox: they do not say whether something is unsent.
#[wasm_bindgen_test::wasm_bindgen_test]
async fn a_row_of_the_first_version_opens() {
    let store = fresh().await;
    let (owner, now) =
        ("00000000-0000-7000-8000-000000000001".parse().unwrap(), Timestamp::from_millis(1_786_000_000_000));
    let place = database().await.unwrap();
    let sealed = seal::seal(&key(&place).await.unwrap(), owner, "ett").await.unwrap();
    let row = Object::new();
    for (name, value) in [
        ("owner", owner.to_string().into()),
        ("revision", 7.into()),
        ("saved", now.to_string().into()),
        ("nonce", sealed.nonce.into()),
        ("sealed", sealed.bytes),
    ] {
        Reflect::set(&row, &name.into(), &value).unwrap();
    }
    put(&place, DRAFT, &row).await.unwrap();
    place.close();
    let stored = store.load(owner, now).await.unwrap().unwrap();
    assert_eq!((stored.revision, stored.record.as_str()), (7, "ett"));
    let next = Keeping { record: "två", unsent: true };
    assert_eq!(store.save(owner, 7, next, now).await, Ok(8));
}

#[wasm_bindgen_test::wasm_bindgen_test]
async fn nothing_is_left_of_whoever_leaves_not_even_the_key() {
    let store = fresh().await;
    let owner: PersonId = "00000000-0000-7000-8000-000000000001".parse().unwrap();
    let (now, id) =
        (Timestamp::from_millis(1_786_000_000_000), "00000000-0000-7000-8000-0000000000f1".parse().unwrap());
    let draft = Keeping { record: "ett", unsent: true };
    assert_eq!(store.save(owner, 0, draft, now).await, Ok(1));
    store.remember(owner, "hem", now).await.unwrap();
    store.keep_file(owner, id, &js_sys::Uint8Array::from(&[1, 2, 3][..])).await;
    store.erase(owner).await.unwrap();
    let place = database().await.unwrap();
    let left = done(&super::store(&place, false).unwrap().count().unwrap()).await.unwrap();
    place.close();
    assert_eq!(left.as_f64(), Some(0.0));
}
