//! Hears when a newer version of the program is ready on the device, and asks for it. The worker behind it is `sw.js`; what
//! lies between is in `boot.js`.

use super::tell;
use leptos::prelude::*;

/// Whether a newer version waits.
#[derive(Clone, Copy)]
pub struct Version(ReadSignal<bool>);

impl Version {
    /// Starts listening and offers itself as a context. Call once, in the program's root.
    pub fn start() -> Self {
        let (newer, set) = signal(false);
        let heard = window_event_listener_untyped("skolstart-newer", move |_| set.set(true));
        on_cleanup(move || heard.remove());
        let state = Self(newer);
        provide_context(state);
        state
    }

    /// True when a newer version waits. Reactive.
    pub fn is_old(self) -> bool {
        self.0.get()
    }

    /// Lets the newer version take over: the page loads again. Keep first what was written.
    pub fn update(self) {
        tell("skolstart-update");
    }
}

/// The program's [`Version`].
///
/// # Panics
/// Outside the program's root, which is a fault in the program and shows at the first run.
pub fn use_version() -> Version {
    expect_context::<Version>()
}
