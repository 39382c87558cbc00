//! The way into the database and its transactions: opening it within a time limit, and waiting until something is done.
//!
//! Called by its parent. Must not: know what lies there.

use gloo_timers::callback::Timeout;
use js_sys::Promise;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdbDatabase, IdbObjectStore, IdbOpenDbRequest, IdbRequest, IdbTransactionMode};

/// How long opening may take. Browsers of WebKit sometimes never answer, and one that is kept from opening by a tab of another
/// version answers when that tab is done; the program goes on without, and says so.
const LIMIT_MS: u32 = 4_000;
pub(super) const DATABASE: &str = "skolstart";
const VERSION: u32 = 1;
const STORE: &str = "kept";

/// The store, for one transaction.
pub(super) fn store(database: &IdbDatabase, writing: bool) -> Result<IdbObjectStore, JsValue> {
    let mode = if writing { IdbTransactionMode::Readwrite } else { IdbTransactionMode::Readonly };
    database.transaction_with_str_and_mode(STORE, mode)?.object_store(STORE)
}

/// The database, opened for one operation.
pub(super) async fn database() -> Result<IdbDatabase, JsValue> {
    let window = web_sys::window().ok_or(JsValue::NULL)?;
    let factory = window.indexed_db()?.ok_or(JsValue::NULL)?;
    let request = factory.open_with_u32(DATABASE, VERSION)?;
    let opening = request.clone();
    let upgrade = Closure::once(move || create(&opening));
    request.set_onupgradeneeded(Some(upgrade.as_ref().unchecked_ref()));
    let hanging = request.clone();
    let limit = Timeout::new(LIMIT_MS, move || give_up(&hanging));
    let opened = done(&request).await;
    drop(limit);
    opened?.dyn_into()
}

/// What ends the waiting for a database that neither opens nor fails. Should it open after all, it is closed again.
fn give_up(request: &IdbOpenDbRequest) {
    let Some(failed) = request.onerror() else { return };
    let late = request.clone();
    let close = Closure::once_into_js(move || {
        if let Ok(database) = late.result().and_then(JsCast::dyn_into::<IdbDatabase>) {
            database.close();
        }
    });
    request.set_onsuccess(Some(close.unchecked_ref()));
    // As if it had failed.
    let _ = failed.call0(&JsValue::NULL);
}

fn create(request: &IdbOpenDbRequest) {
    if let Ok(database) = request.result().and_then(JsCast::dyn_into::<IdbDatabase>) {
        // Fails only when it exists, and then it is there.
        let _ = database.create_object_store(STORE);
    }
}

/// Waits until what was written has been committed: a device that is full is often only found out then.
pub(super) async fn committed(store: &IdbObjectStore) -> Result<(), JsValue> {
    let transaction = store.transaction();
    let promise = Promise::new(&mut |resolve, reject| {
        transaction.set_oncomplete(Some(&resolve));
        transaction.set_onabort(Some(&reject));
    });
    JsFuture::from(promise).await.map(drop)
}

/// The result of a request.
pub(super) async fn done(request: &IdbRequest) -> Result<JsValue, JsValue> {
    let promise = Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    });
    JsFuture::from(promise).await?;
    request.result()
}
