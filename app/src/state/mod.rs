//! What is true for the whole page: who is signed in, the clock, the network, the colours. One thing per file.
//!
//! Called by pages. Must not: hold what belongs to one page, or anything personal longer than the page lives.

pub mod clock;
mod online;
mod remote;
mod session;
mod theme;
mod version;

pub use online::{Online, use_online};
pub use remote::{Remote, fetch_into};
pub use session::{Session, Who, use_session};
pub use theme::{Theme, use_theme, watch_theme};
pub use version::{Version, use_version};

/// Says something to whoever listens on the page: `boot.js`, or the browser's own events said once more.
pub(crate) fn tell(name: &str) {
    use leptos::prelude::window;
    if let Ok(event) = web_sys::Event::new(name) {
        let _ = window().dispatch_event(&event);
    }
}
