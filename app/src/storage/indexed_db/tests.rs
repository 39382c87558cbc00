//! IndexedDB in a real browser does what every place for drafts must do.

use super::IndexedDb;
use super::connection::{DATABASE, done};

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

/// An empty one for each test: they run one after the other.
async fn fresh() -> IndexedDb {
    let factory = web_sys::window().unwrap().indexed_db().unwrap().unwrap();
    done(&factory.delete_database(DATABASE).unwrap()).await.unwrap();
    IndexedDb::open().await.unwrap()
}

super::super::conformance::keeps_drafts!(browser: fresh().await);
