//! Files that have not been sent to the end, each sealed in a row of its own beside the draft that names it, and erased with it.

use super::{IndexedDb, database, delete, delete_all, get, key, put, sealed_in};
use crate::storage::seal;
use js_sys::{Object, Reflect};
use skolstart_shared::id::{FileId, PersonId};
use wasm_bindgen::JsValue;
use web_sys::{IdbDatabase, IdbKeyRange};

impl IndexedDb {
    /// Keeps the bytes of a file of `owner`. Where they cannot be kept, the file is chosen again after a reload.
    pub async fn keep_file(&self, owner: PersonId, id: FileId, bytes: &Object) {
        if let Ok(database) = database().await {
            let _ = keep(&database, owner, id, bytes).await;
            database.close();
        }
    }

    /// The bytes of a file of `owner`, if they are here.
    pub async fn kept_file(&self, owner: PersonId, id: FileId) -> Option<JsValue> {
        let database = database().await.ok()?;
        let kept = kept(&database, owner, id).await;
        database.close();
        kept.ok()
    }

    /// Forgets the bytes of a file. What cannot be deleted goes with the draft.
    pub async fn drop_file(&self, owner: PersonId, id: FileId) {
        if let Ok(database) = database().await {
            let _ = delete(&database, &name(owner, id)).await;
            database.close();
        }
    }
}

/// The names of all files of a person begin like this.
fn names(owner: PersonId) -> String {
    ["file-", &owner.to_string(), "-"].concat()
}

fn name(owner: PersonId, id: FileId) -> String {
    [names(owner), id.to_string()].concat()
}

async fn keep(database: &IdbDatabase, owner: PersonId, id: FileId, bytes: &Object) -> Result<(), JsValue> {
    let sealed = seal::seal_bytes(&key(database).await?, owner, bytes).await?;
    let row = Object::new();
    Reflect::set(&row, &"nonce".into(), &sealed.nonce)?;
    Reflect::set(&row, &"sealed".into(), &sealed.bytes)?;
    put(database, &name(owner, id), &row).await
}

async fn kept(database: &IdbDatabase, owner: PersonId, id: FileId) -> Result<JsValue, JsValue> {
    let row = get(database, &name(owner, id)).await?;
    seal::open_bytes(&key(database).await?, owner, &sealed_in(&row)?).await
}

/// The keys of every file of a person.
pub(super) fn all(owner: PersonId) -> Result<JsValue, JsValue> {
    let first = names(owner);
    // `~` stands after every letter and digit of an id.
    let last = [&first, "~"].concat();
    IdbKeyRange::bound(&first.into(), &last.into()).map(JsValue::from)
}

/// Erases every file of a person.
pub(super) async fn erase(database: &IdbDatabase, owner: PersonId) -> Result<(), JsValue> {
    delete_all(database, &all(owner)?).await
}
