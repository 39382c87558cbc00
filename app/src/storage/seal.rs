//! Seals records with AES-GCM under a key that the page can use and nobody can read out. The key lies beside the record:
//! it protects against copies of the disk and search through files, not against who can run code in this page.

use super::draft_store::StorageError;
use js_sys::{Array, Object, Reflect, Uint8Array};
use skolstart_shared::id::PersonId;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Crypto, CryptoKey};

const NAME: &str = "AES-GCM";
/// Bytes of the nonce, as NIST SP 800-38D recommends for GCM.
const NONCE: u32 = 12;

/// A sealed record.
pub(super) struct Sealed {
    pub(super) nonce: Uint8Array,
    pub(super) bytes: JsValue,
}

fn crypto() -> Result<Crypto, StorageError> {
    web_sys::window().and_then(|window| window.crypto().ok()).ok_or(StorageError::Unavailable)
}

/// A new key that cannot be exported.
pub(super) async fn new_key() -> Result<CryptoKey, JsValue> {
    let subtle = crypto().map_err(|_| JsValue::NULL)?.subtle();
    let algorithm = Object::new();
    Reflect::set(&algorithm, &"name".into(), &NAME.into())?;
    Reflect::set(&algorithm, &"length".into(), &256.into())?;
    let usages = Array::of2(&"encrypt".into(), &"decrypt".into());
    JsFuture::from(subtle.generate_key_with_object(&algorithm, false, &usages)?).await?.dyn_into()
}

/// Seals `record` for `owner`: nobody else's id opens it.
pub(super) async fn seal(key: &CryptoKey, owner: PersonId, record: &str) -> Result<Sealed, JsValue> {
    seal_bytes(key, owner, &Uint8Array::from(record.as_bytes())).await
}

/// As [`seal`], for bytes.
pub(super) async fn seal_bytes(key: &CryptoKey, owner: PersonId, data: &Object) -> Result<Sealed, JsValue> {
    let crypto = crypto().map_err(|_| JsValue::NULL)?;
    let nonce = Uint8Array::new_with_length(NONCE);
    crypto.get_random_values_with_array_buffer_view(&nonce)?;
    let sealing =
        crypto.subtle().encrypt_with_object_and_buffer_source(&parameters(&nonce, owner)?, key, data)?;
    Ok(Sealed { nonce, bytes: JsFuture::from(sealing).await? })
}

/// Opens what [`seal`] sealed.
pub(super) async fn open(key: &CryptoKey, owner: PersonId, sealed: &Sealed) -> Result<String, JsValue> {
    let opened = Uint8Array::new(&open_bytes(key, owner, sealed).await?).to_vec();
    String::from_utf8(opened).map_err(|_| JsValue::NULL)
}

/// As [`open`], for bytes.
pub(super) async fn open_bytes(
    key: &CryptoKey,
    owner: PersonId,
    sealed: &Sealed,
) -> Result<JsValue, JsValue> {
    let crypto = crypto().map_err(|_| JsValue::NULL)?;
    let data = Uint8Array::new(&sealed.bytes);
    let opening = crypto.subtle().decrypt_with_object_and_buffer_source(
        &parameters(&sealed.nonce, owner)?,
        key,
        &data,
    )?;
    JsFuture::from(opening).await
}

fn parameters(nonce: &Uint8Array, owner: PersonId) -> Result<Object, JsValue> {
    let parameters = Object::new();
    Reflect::set(&parameters, &"name".into(), &NAME.into())?;
    Reflect::set(&parameters, &"iv".into(), nonce)?;
    let owner = Uint8Array::from(owner.to_string().as_bytes());
    Reflect::set(&parameters, &"additionalData".into(), &owner)?;
    Ok(parameters)
}
