//! Drafts in IndexedDB, the only file that touches it. The database is opened for each operation: Safari closes the
//! connections of pages in the background, and every later operation on such a connection fails.

mod connection;
mod files;

use super::draft_store::{DraftStore, Keeping, StorageError, Stored, is_fresh};
use super::seal::{self, Sealed};
use connection::{committed, database, done, store};
use js_sys::{Object, Reflect, Uint8Array};
use skolstart_shared::date::Timestamp;
use skolstart_shared::id::PersonId;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CryptoKey, IdbDatabase};

const KEY: &str = "key";
const DRAFT: &str = "draft";
/// What the school said last.
const HOME: &str = "home";

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

/// True when something on this device is still to be sent by whoever used it last. Says nothing of whom or what.
pub async fn has_unsent() -> bool {
    let Ok(database) = database().await else { return false };
    let row = get(&database, DRAFT).await;
    database.close();
    row.is_ok_and(|row| is_unsent(&row))
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
        keeping: Keeping<'_>,
        now: Timestamp,
    ) -> Result<u32, StorageError> {
        let database = database().await.map_err(unavailable)?;
        let saved = save(&database, owner, revision, keeping, now).await;
        database.close();
        match saved {
            Ok(true) => Ok(revision + 1),
            Ok(false) => Err(StorageError::Moved),
            Err(_) => Err(StorageError::Unavailable),
        }
    }

    async fn remember(&self, owner: PersonId, record: &str, now: Timestamp) -> Result<(), StorageError> {
        let database = database().await.map_err(unavailable)?;
        let remembered = remember(&database, owner, record, now).await;
        database.close();
        remembered.map_err(unavailable)
    }

    async fn remembered(&self, now: Timestamp) -> Result<Option<String>, StorageError> {
        let database = database().await.map_err(unavailable)?;
        let record = remembered(&database, now).await;
        database.close();
        record.map_err(unavailable)
    }

    async fn erase(&self, owner: PersonId) -> Result<(), StorageError> {
        let database = database().await.map_err(unavailable)?;
        let erased = erase(&database, owner).await;
        database.close();
        erased.map_err(unavailable)
    }
}

async fn load(database: &IdbDatabase, owner: PersonId, now: Timestamp) -> Result<Option<Stored>, JsValue> {
    move_aside(database, owner).await?;
    let row = get(database, DRAFT).await?;
    if row.is_undefined() {
        return Ok(None);
    }
    match open(database, &row, now).await {
        Some(record) => Ok(Some(Stored { revision: revision_of(&row), record })),
        // Too old, or sealed with a key that is gone: of no use to anybody.
        None => {
            files::erase(database, owner).await?;
            delete(database, DRAFT).await.map(|()| None)
        }
    }
}

/// Makes the place of the draft that of `owner`: another's goes, or waits under its owner's id when it is still to be sent.
async fn move_aside(database: &IdbDatabase, owner: PersonId) -> Result<(), JsValue> {
    let [row, home] = [get(database, DRAFT).await?, get(database, HOME).await?];
    if owner_of(&home).is_some_and(|other| other != owner) {
        delete(database, HOME).await?;
    }
    let Some(other) = owner_of(&row).filter(|other| *other != owner) else {
        return if row.is_undefined() { take_up(database, owner).await } else { Ok(()) };
    };
    match is_unsent(&row) {
        true => put(database, &other.to_string(), &row).await?,
        false => files::erase(database, other).await?,
    }
    delete(database, DRAFT).await?;
    take_up(database, owner).await
}

/// Takes up what has waited for `owner`.
async fn take_up(database: &IdbDatabase, owner: PersonId) -> Result<(), JsValue> {
    let owner = owner.to_string();
    let row = get(database, &owner).await?;
    if row.is_undefined() {
        return Ok(());
    }
    put(database, DRAFT, &row).await?;
    delete(database, &owner).await
}

async fn save(
    database: &IdbDatabase,
    owner: PersonId,
    revision: u32,
    keeping: Keeping<'_>,
    now: Timestamp,
) -> Result<bool, JsValue> {
    // Sealed before the transaction: a transaction ends when it waits for anything but its own requests.
    let row = row(database, owner, revision + 1, keeping, now).await?;
    let store = store(database, true)?;
    let stands = done(&store.get(&DRAFT.into())?).await?;
    let is_hers = owner_of(&stands) == Some(owner);
    if (if is_hers { revision_of(&stands) } else { 0 }) != revision {
        return Ok(false);
    }
    store.put_with_key(&row, &DRAFT.into())?;
    committed(&store).await?;
    Ok(true)
}

async fn remember(
    database: &IdbDatabase,
    owner: PersonId,
    record: &str,
    now: Timestamp,
) -> Result<(), JsValue> {
    let row = row(database, owner, 0, Keeping { record, unsent: false }, now).await?;
    put(database, HOME, &row).await
}

async fn remembered(database: &IdbDatabase, now: Timestamp) -> Result<Option<String>, JsValue> {
    let row = get(database, HOME).await?;
    if row.is_undefined() {
        return Ok(None);
    }
    let record = open(database, &row, now).await;
    if record.is_none() {
        delete(database, HOME).await?;
    }
    Ok(record)
}

/// In one transaction: nothing can be written in between that would stay, and keep the key.
async fn erase(database: &IdbDatabase, owner: PersonId) -> Result<(), JsValue> {
    let store = store(database, true)?;
    for keys in [DRAFT.into(), HOME.into(), owner.to_string().into(), files::all(owner)?] {
        store.delete(&keys)?;
    }
    if done(&store.count()?).await?.as_f64() == Some(1.0) {
        // The key protects nothing any more.
        store.delete(&KEY.into())?;
    }
    committed(&store).await
}

async fn get(database: &IdbDatabase, key: &str) -> Result<JsValue, JsValue> {
    done(&store(database, false)?.get(&key.into())?).await
}

async fn put(database: &IdbDatabase, key: &str, row: &JsValue) -> Result<(), JsValue> {
    let store = store(database, true)?;
    store.put_with_key(row, &key.into())?;
    committed(&store).await
}

async fn delete(database: &IdbDatabase, key: &str) -> Result<(), JsValue> {
    delete_all(database, &key.into()).await
}

/// Deletes what has this key, or one in this range.
async fn delete_all(database: &IdbDatabase, keys: &JsValue) -> Result<(), JsValue> {
    let store = store(database, true)?;
    store.delete(keys)?;
    committed(&store).await
}

/// A record as it lies in the store.
async fn row(
    database: &IdbDatabase,
    owner: PersonId,
    revision: u32,
    keeping: Keeping<'_>,
    now: Timestamp,
) -> Result<JsValue, JsValue> {
    let sealed = seal::seal(&key(database).await?, owner, keeping.record).await?;
    let row = Object::new();
    let fields: [(&str, JsValue); 6] = [
        ("owner", owner.to_string().into()),
        ("revision", revision.into()),
        ("saved", now.to_string().into()),
        ("unsent", keeping.unsent.into()),
        ("nonce", sealed.nonce.into()),
        ("sealed", sealed.bytes),
    ];
    for (name, value) in fields {
        Reflect::set(&row, &name.into(), &value)?;
    }
    Ok(row.into())
}

/// What a row says, if it may still be read and can be.
async fn open(database: &IdbDatabase, row: &JsValue, now: Timestamp) -> Option<String> {
    let saved = text_of(row, "saved").and_then(|saved| Timestamp::parse(&saved).ok())?;
    let owner = owner_of(row).filter(|_| is_fresh(saved, is_unsent(row), now))?;
    let sealed = sealed_in(row).ok()?;
    seal::open(&key(database).await.ok()?, owner, &sealed).await.ok()
}

fn text_of(row: &JsValue, name: &str) -> Option<String> {
    if row.is_undefined() { None } else { Reflect::get(row, &name.into()).ok()?.as_string() }
}

fn owner_of(row: &JsValue) -> Option<PersonId> {
    text_of(row, "owner")?.parse().ok()
}

/// Rows of before there was an outbox do not say: they are drafts.
fn is_unsent(row: &JsValue) -> bool {
    Reflect::get(row, &"unsent".into()).ok().and_then(|unsent| unsent.as_bool()).unwrap_or(false)
}

fn revision_of(row: &JsValue) -> u32 {
    let revision = Reflect::get(row, &"revision".into()).ok().and_then(|revision| revision.as_f64());
    revision.unwrap_or(0.0) as u32
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
    store.put_with_key(&fresh, &KEY.into())?;
    committed(&store).await?;
    Ok(fresh)
}

#[cfg(test)]
#[cfg(target_arch = "wasm32")]
mod tests;
