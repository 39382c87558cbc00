//! Drafts in IndexedDB, the only file that touches it. The database is opened for each operation: Safari closes the
//! connections of pages in the background, and every later operation on such a connection fails.

use super::draft_store::{DraftStore, StorageError, Stored, may_be_read};
use super::seal::{self, Sealed};
use js_sys::{Object, Promise, Reflect, Uint8Array};
use skolstart_shared::date::Timestamp;
use skolstart_shared::id::PersonId;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{CryptoKey, IdbDatabase, IdbObjectStore, IdbOpenDbRequest, IdbRequest, IdbTransactionMode};

const DATABASE: &str = "skolstart";
const VERSION: u32 = 1;
const STORE: &str = "kept";
const KEY: &str = "key";
const DRAFT: &str = "draft";

/// See the module.
#[derive(Clone, Copy)]
pub struct IndexedDb;

impl IndexedDb {
    /// The storage of this browser, when it can be used.
    ///
    /// # Errors
    /// [`StorageError::Unavailable`].
    pub async fn open() -> Result<Self, StorageError> {
        let database = database().await.map_err(unavailable)?;
        let key = key(&database).await;
        database.close();
        key.map(|_| Self).map_err(unavailable)
    }
}

fn unavailable(_: JsValue) -> StorageError {
    StorageError::Unavailable
}

impl DraftStore for IndexedDb {
    async fn load(&self, owner: PersonId, now: Timestamp) -> Result<Option<Stored>, StorageError> {
        let database = database().await.map_err(unavailable)?;
        let stored = load(&database, owner, now).await;
        database.close();
        stored.map_err(unavailable)
    }

    async fn save(
        &self,
        owner: PersonId,
        revision: u32,
        record: &str,
        now: Timestamp,
    ) -> Result<u32, StorageError> {
        let database = database().await.map_err(unavailable)?;
        let saved = save(&database, owner, revision, record, now).await;
        database.close();
        match saved {
            Ok(true) => Ok(revision + 1),
            Ok(false) => Err(StorageError::Moved),
            Err(_) => Err(StorageError::Unavailable),
        }
    }

    async fn erase(&self) -> Result<(), StorageError> {
        let database = database().await.map_err(unavailable)?;
        let erased = erase(&database).await;
        database.close();
        erased.map_err(unavailable)
    }
}

async fn load(database: &IdbDatabase, owner: PersonId, now: Timestamp) -> Result<Option<Stored>, JsValue> {
    let row = done(&store(database, false)?.get(&DRAFT.into())?).await?;
    if row.is_undefined() {
        return Ok(None);
    }
    let opened = match reads_as(&row, owner, now) {
        true => seal::open(&key(database).await?, owner, &sealed_in(&row)?).await,
        false => Err(JsValue::NULL),
    };
    match opened {
        Ok(record) => Ok(Some(Stored { revision: revision_of(&row), record })),
        // Somebody else's, too old, or sealed with a key that is gone: of no use to anybody.
        Err(_) => erase(database).await.map(|()| None),
    }
}

async fn save(
    database: &IdbDatabase,
    owner: PersonId,
    revision: u32,
    record: &str,
    now: Timestamp,
) -> Result<bool, JsValue> {
    // Sealed before the transaction: a transaction ends when it waits for anything but its own requests.
    let sealed = seal::seal(&key(database).await?, owner, record).await?;
    let row = Object::new();
    Reflect::set(&row, &"owner".into(), &owner.to_string().into())?;
    Reflect::set(&row, &"revision".into(), &(revision + 1).into())?;
    Reflect::set(&row, &"saved".into(), &now.to_string().into())?;
    Reflect::set(&row, &"nonce".into(), &sealed.nonce)?;
    Reflect::set(&row, &"sealed".into(), &sealed.bytes)?;
    let store = store(database, true)?;
    let stands = done(&store.get(&DRAFT.into())?).await?;
    let is_hers = owner_of(&stands) == Some(owner);
    if (if is_hers { revision_of(&stands) } else { 0 }) != revision {
        return Ok(false);
    }
    done(&store.put_with_key(&row, &DRAFT.into())?).await?;
    Ok(true)
}

async fn erase(database: &IdbDatabase) -> Result<(), JsValue> {
    done(&store(database, true)?.delete(&DRAFT.into())?).await.map(drop)
}

fn text_of(row: &JsValue, name: &str) -> Option<String> {
    if row.is_undefined() { None } else { Reflect::get(row, &name.into()).ok()?.as_string() }
}

fn owner_of(row: &JsValue) -> Option<PersonId> {
    text_of(row, "owner")?.parse().ok()
}

fn revision_of(row: &JsValue) -> u32 {
    let revision = Reflect::get(row, &"revision".into()).ok().and_then(|revision| revision.as_f64());
    revision.unwrap_or(0.0) as u32
}

fn reads_as(row: &JsValue, owner: PersonId, now: Timestamp) -> bool {
    let saved = text_of(row, "saved").and_then(|saved| Timestamp::parse(&saved).ok());
    match (owner_of(row), saved) {
        (Some(from), Some(saved)) => may_be_read(from, owner, saved, now),
        _ => false,
    }
}

fn sealed_in(row: &JsValue) -> Result<Sealed, JsValue> {
    Ok(Sealed {
        nonce: Reflect::get(row, &"nonce".into())?.dyn_into::<Uint8Array>()?,
        bytes: Reflect::get(row, &"sealed".into())?,
    })
}

/// The key of this browser; made the first time.
async fn key(database: &IdbDatabase) -> Result<CryptoKey, JsValue> {
    let kept = done(&store(database, false)?.get(&KEY.into())?).await?;
    if let Ok(kept) = kept.dyn_into::<CryptoKey>() {
        return Ok(kept);
    }
    let fresh = seal::new_key().await?;
    let store = store(database, true)?;
    // Another tab may have made one while this one was being made.
    if let Ok(kept) = done(&store.get(&KEY.into())?).await?.dyn_into::<CryptoKey>() {
        return Ok(kept);
    }
    done(&store.put_with_key(&fresh, &KEY.into())?).await?;
    Ok(fresh)
}

fn store(database: &IdbDatabase, writing: bool) -> Result<IdbObjectStore, JsValue> {
    let mode = if writing { IdbTransactionMode::Readwrite } else { IdbTransactionMode::Readonly };
    database.transaction_with_str_and_mode(STORE, mode)?.object_store(STORE)
}

async fn database() -> Result<IdbDatabase, JsValue> {
    let window = web_sys::window().ok_or(JsValue::NULL)?;
    let factory = window.indexed_db()?.ok_or(JsValue::NULL)?;
    let request = factory.open_with_u32(DATABASE, VERSION)?;
    let opening = request.clone();
    let upgrade = Closure::once(move || create(&opening));
    request.set_onupgradeneeded(Some(upgrade.as_ref().unchecked_ref()));
    done(&request).await?.dyn_into()
}

fn create(request: &IdbOpenDbRequest) {
    if let Ok(database) = request.result().and_then(JsCast::dyn_into::<IdbDatabase>) {
        // Fails only when it exists, and then it is there.
        let _ = database.create_object_store(STORE);
    }
}

/// The result of a request.
async fn done(request: &IdbRequest) -> Result<JsValue, JsValue> {
    let promise = Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    });
    JsFuture::from(promise).await?;
    request.result()
}
