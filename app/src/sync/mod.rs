//! What waits to be sent, and when it is tried. Plain state machines without a browser: time and chance come in as
//! parameters, what happens comes out as data, and `guardian::sender` does it.
//!
//! Owns the order of sending, what is tried again and what waits for a person. Called by `forms`, which keeps the outbox
//! beside the draft, and by the guardian program. Must not: fetch, store, read a clock, or know a form.

mod lease;
mod outbox;
mod sender;

pub use lease::Lease;
pub use outbox::{Hold, Outbox, Waiting};
pub use sender::{Answer, Next, Sender, again_ms};

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod histories;
#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
pub(crate) use histories::waiting;
