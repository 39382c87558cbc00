//! Protected identity by hand, and what is kept from one guardian.

mod alias;
mod list;
mod opening;
mod read;
mod step;
mod withhold;

pub(in crate::http) use alias::alias;
pub(in crate::http) use list::list;
pub(in crate::http) use opening::opening;
pub(in crate::http) use read::read;
pub(in crate::http) use step::step;
pub(in crate::http) use withhold::{withhold, withholdings};
