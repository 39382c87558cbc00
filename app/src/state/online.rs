//! Whether the device has a network, as the browser knows it. It only ever proves absence: "online" may still be a
//! café's sign-in page.

use super::tell;
use leptos::prelude::*;

/// Follows the browser's word.
#[derive(Clone, Copy)]
pub struct Online(ReadSignal<bool>);

impl Online {
    /// Starts following and offers itself as a context. Call once, in the program's root.
    pub fn start() -> Self {
        let (online, set) = signal(window().navigator().on_line());
        let came = window_event_listener(leptos::ev::online, move |_| set.set(true));
        let went = window_event_listener(leptos::ev::offline, move |_| set.set(false));
        on_cleanup(move || {
            came.remove();
            went.remove();
        });
        let state = Self(online);
        provide_context(state);
        state
    }

    /// False when the device says that it has no network. Reactive.
    pub fn get(self) -> bool {
        self.0.get()
    }

    /// Whoever follows the network tries again, as when the browser says that it is back.
    pub fn try_again(self) {
        tell("online");
    }
}

/// The program's [`Online`].
///
/// # Panics
/// Outside the program's root, which is a fault in the program and shows at the first run.
pub fn use_online() -> Online {
    expect_context::<Online>()
}
