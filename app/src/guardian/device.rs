//! Whose device this is, as she said when she was asked. Kept beside nothing personal: one word in `localStorage`.

use crate::state::clock;
use leptos::prelude::*;

const NAME: &str = "skolstart.device";
/// Written when somebody has signed out.
pub(super) const LEFT: &str = "skolstart.left";

/// Whose a device is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum DeviceKind {
    /// Her own: what she writes is kept, sealed, and the program starts without a network.
    Own,
    /// Others use it: nothing is kept when the page is closed.
    Shared,
}

/// What she said. `None`: she has not been asked, or the browser remembers nothing.
pub(super) fn kind() -> Option<DeviceKind> {
    match window().local_storage().ok()??.get_item(NAME).ok()??.as_str() {
        "own" => Some(DeviceKind::Own),
        "shared" => Some(DeviceKind::Shared),
        _ => None,
    }
}

/// True when she has said that it is her own.
pub(super) fn is_own() -> bool {
    kind() == Some(DeviceKind::Own)
}

/// Remembers what she said.
pub(super) fn choose(kind: DeviceKind) {
    let word = if kind == DeviceKind::Own { "own" } else { "shared" };
    if let Ok(Some(storage)) = window().local_storage() {
        // Where it cannot be remembered she is asked again, and nothing is kept.
        let _ = storage.set_item(NAME, word);
    }
}

/// After signing out: tells the other tabs, and on a shared device asks the next one who signs in.
pub(super) fn left() {
    if let Ok(Some(storage)) = window().local_storage() {
        if !is_own() {
            let _ = storage.remove_item(NAME);
        }
        // A change of the value is what they hear of; it says nothing but when.
        let _ = storage.set_item(LEFT, &clock::now().as_millis().to_string());
    }
}
