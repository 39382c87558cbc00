//! What the kitchen of a unit cooks beside the usual, today and tomorrow.
//!
//! Owns from when a change stands on the list. Called by the handlers of kitchens. How answers of several people become one
//! line is `shared::diet`'s.

mod history;
mod list;
mod units;

pub use list::list;
pub use units::units;
