//! The list of children: what it shows, in what order, what has changed. Pure, so that it is tested natively.
//!
//! Called by the group page. Must not: draw, or know where rows come from.

mod arrange;
mod changes;
mod need;
mod spelling;
mod state;

pub(super) use arrange::{Section, arrange};
pub(super) use changes::{Cell, changes};
pub(super) use need::{Need, count, done_of};
pub(super) use spelling::{order_key, search_key};
pub use state::{ListState, Show, SortBy};
