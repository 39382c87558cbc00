//! What happens to the files of a field: chosen, on their way, at the school, given up, taken away. Each is a part of the
//! draft; its bytes go with `upload`. Called by `files`, which draws.

use super::files::Takes;
use super::slot::Slot;
use super::upload;
use crate::api::new_id;
use crate::forms::{FileEntry, Parts, file_entries};
use crate::i18n::t;
use crate::state::clock;
use crate::ui::announce;
use js_sys::Uint8Array;
use leptos::prelude::untrack;
use leptos::task::spawn_local;
use skolstart_shared::api::FileIn;
use skolstart_shared::fact::{FileRef, FileType};
use skolstart_shared::id::FileId;
use skolstart_shared::submission::ContentHash;
use skolstart_shared::violation::{Code, Violation};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, File};

/// Takes in a file that was chosen, and begins to send it.
pub(super) async fn choose(slot: &Slot, takes: &Takes, file: &File) -> Result<(), Violation> {
    let wrong = |code| Violation::new("", code);
    let most = u32::from(takes.megabytes) * 1_000_000;
    if file.size() > f64::from(most) {
        return Err(wrong(Code::FileTooLarge).with("max", takes.megabytes));
    }
    if file.size() < 1.0 {
        return Err(wrong(Code::FileEmpty));
    }
    let (start, hash) = look(file).await.map_err(|_| wrong(Code::FileBroken))?;
    let kind = FileType::taken(&start, &takes.types).map_err(wrong)?;
    let entries = file_entries(&slot.parts_now());
    // Chosen again after the page was closed: it goes on where it was.
    let same = entries.iter().find(|entry| !entry.sent && entry.hash == hash);
    let entry = match same {
        Some(entry) => FileEntry { kind: Some(kind), ..entry.clone() },
        None if entries.len() >= takes.most => return Err(wrong(Code::TooMany).with("most", takes.most)),
        None => FileEntry {
            id: new_id(clock::now()).ok_or_else(|| wrong(Code::FileBroken))?,
            kind: Some(kind),
            sent: false,
            bytes: file.size() as u32,
            hash,
            name: file.name(),
        },
    };
    put(slot, &entry);
    if let Some(keeper) = slot.pen.files() {
        keeper.keep(entry.id, file);
    }
    begin(slot, &entry, file.clone().into());
    Ok(())
}

/// The first bytes, and the hash of all.
pub(super) async fn look(file: &Blob) -> Result<(Vec<u8>, ContentHash), JsValue> {
    let bytes = JsFuture::from(file.array_buffer()).await?;
    let subtle = web_sys::window().ok_or(JsValue::NULL)?.crypto()?.subtle();
    let digest = subtle.digest_with_str_and_buffer_source("SHA-256", bytes.unchecked_ref())?;
    let digest = Uint8Array::new(&JsFuture::from(digest).await?).to_vec();
    Ok((Uint8Array::new(&bytes).subarray(0, 16).to_vec(), ContentHash::of_digest(&digest)))
}

fn put(slot: &Slot, entry: &FileEntry) {
    let mut parts = Parts::new();
    entry.write(&mut parts);
    for (id, text) in parts {
        slot.put_part(&id, text);
    }
}

fn begin(slot: &Slot, entry: &FileEntry, bytes: Blob) {
    let child = slot.pen.files().and_then(|keeper| keeper.about());
    let (bytes_in, hash, name) = (entry.bytes, entry.hash.clone(), entry.name.clone());
    upload::start(entry.id, bytes, FileIn { child, bytes: bytes_in, hash, name });
}

/// It cannot be sent as it is, so that the answer must not wait for it.
pub(super) fn give_up(slot: &Slot, entry: &FileEntry) {
    if entry.kind.is_some() {
        put(slot, &FileEntry { kind: None, ..entry.clone() });
    }
}

/// What was on its way when the page was closed goes on, if its bytes were kept.
pub(super) fn take_in(slot: &Slot) {
    for entry in file_entries(&slot.parts_now()) {
        let is_new = !entry.sent && untrack(|| upload::going(entry.id)).is_none();
        if let Some(keeper) = slot.pen.files().filter(|_| is_new) {
            let slot = slot.clone();
            spawn_local(async move {
                match keeper.bring(entry.id).await {
                    Some(bytes) => begin(&slot, &entry, bytes),
                    None => give_up(&slot, &entry),
                }
            });
        }
    }
}

/// The school has it: the answer says so, and its bytes are no longer needed here.
pub(super) fn settle(slot: &Slot, file: FileRef) {
    let parts = slot.parts_now();
    let waits = |entry: &FileEntry| entry.id == file.id && !entry.sent;
    if file_entries(&parts).iter().any(waits) {
        if let Some(keeper) = slot.pen.files() {
            keeper.forget(file.id);
        }
        announce([&file.name, ": ", &t("files.done")].concat());
        put(slot, &FileEntry::done(file));
    }
}

pub(super) fn take_away(slot: &Slot, id: FileId) {
    let mut left = Parts::new();
    let gone = id.to_string();
    for (other, text) in slot.parts_now() {
        if other != gone {
            left.insert(other, text);
        }
    }
    slot.put_parts(left);
    upload::remove(id);
    if let Some(keeper) = slot.pen.files() {
        keeper.forget(id);
    }
}
