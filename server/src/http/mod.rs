//! HTTP: the route table, what every request and response must carry, and the one mapping from errors to status codes.
//!
//! Owns requests and responses. Called by `listen` and by the tests, which call the same router without a socket. Must not
//! hold a business rule, decide who may see what, or know the database.

mod answer;
pub mod assets;
mod call;
mod connection;
mod cookie;
mod cross_site;
mod error;
mod handlers;
mod headers;
mod language;
mod limits;
pub mod listen;
mod meters;
mod named;
mod observe;
pub mod openapi;
mod operations;
mod packed;
mod places;
mod protect;
mod route;
mod table;
mod wire;

pub use answer::Answer;
pub use call::Call;
pub use cookie::SessionCookie;
pub use error::Refusal;
pub use headers::SecurityHeaders;
pub use limits::{Limits, Peer, Proxies, Rates};
pub use meters::Meters;
pub use operations::operations;
pub use protect::{Protection, protect};
pub use route::{Routed, Routes};
pub use table::{routed, router};
