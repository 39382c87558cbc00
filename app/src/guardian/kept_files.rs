//! The bytes of files on the device until they are sent, where the draft is kept too.
//!
//! Comes with the later part. Must not: keep anything where a draft is not kept.

use super::keeper::kept_device;
use super::work::Work;
use leptos::task::spawn_local;
use skolstart_shared::id::FileId;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;

/// The largest file that is kept until it has been sent. What is larger is chosen again after the page was closed.
const LARGEST_KEPT: f64 = 12_000_000.0;

/// Keeps the bytes of a file until they are sent, where a draft is kept too.
pub(super) fn keep_file(work: Work, id: FileId, bytes: Blob) {
    if let Some((store, person)) = kept_device(work).filter(|_| bytes.size() <= LARGEST_KEPT) {
        spawn_local(async move {
            if let Ok(bytes) = JsFuture::from(bytes.array_buffer()).await {
                store.keep_file(person, id, bytes.unchecked_ref()).await;
            }
        });
    }
}

/// The bytes of a file that was not sent before the page was closed.
pub(super) async fn kept_file(work: Work, id: FileId) -> Option<Blob> {
    let (store, person) = kept_device(work)?;
    let bytes = store.kept_file(person, id).await?;
    Blob::new_with_buffer_source_sequence(&js_sys::Array::of1(&bytes)).ok()
}

/// Forgets the bytes of a file.
pub(super) fn drop_file(work: Work, id: FileId) {
    if let Some((store, person)) = kept_device(work) {
        spawn_local(async move { store.drop_file(person, id).await });
    }
}
