//! Whose device this is, as she said when she was asked. Kept beside nothing personal: one word in `localStorage`.

use crate::state::clock;
use leptos::prelude::*;

const NAME: &str = "skolstart.device";
/// That the home screen has been suggested.
pub(super) const SUGGESTED: &str = "skolstart.suggested";
const LOCKED: &str = "skolstart.locked";
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
    match word(NAME)?.as_str() {
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
    // Where it cannot be remembered she is asked again, and nothing is kept.
    remember(NAME, Some(if kind == DeviceKind::Own { "own" } else { "shared" }));
}

/// After signing out: tells the other tabs, and on a shared device asks the next one who signs in.
pub(super) fn left() {
    if !is_own() {
        remember(NAME, None);
    }
    // A change of the value is what they hear of; it says nothing but when.
    remember(LEFT, Some(&clock::now().as_millis().to_string()));
}

/// Notes that it was locked without a network, or that this is over.
pub(super) fn lock(locked: bool) {
    remember(LOCKED, locked.then_some("yes"));
}

/// True when it was locked without a network.
pub(super) fn is_locked() -> bool {
    word(LOCKED).is_some()
}

/// A word in `localStorage`. `None`: there is none, or the browser remembers nothing.
pub(super) fn word(name: &str) -> Option<String> {
    window().local_storage().ok()??.get_item(name).ok()?
}

/// Remembers a word, or with `None` forgets it. A browser that remembers nothing is asked again at the next start.
pub(super) fn remember(name: &str, word: Option<&str>) {
    if let Ok(Some(storage)) = window().local_storage() {
        let _ = match word {
            Some(word) => storage.set_item(name, word),
            None => storage.remove_item(name),
        };
    }
}
