//! A small typed router over the History API. Each program brings its own `enum Route`.
//!
//! Owns addresses, back and forward, where the page stands and what has focus after a move. Called by both programs.
//! Must not: know a page. Personal data never stands in an address.

mod arrival;
mod link;
mod query;
mod routes;

pub use arrival::page_title;
pub use link::{Link, LiveLink, is_plain_click};
pub use query::Query;
pub use routes::{Router, Routes, use_router};
