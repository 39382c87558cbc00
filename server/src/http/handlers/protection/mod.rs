//! Protected identity by hand.

mod alias;
mod list;
mod opening;
mod read;
mod step;

pub(in crate::http) use alias::alias;
pub(in crate::http) use list::list;
pub(in crate::http) use opening::opening;
pub(in crate::http) use read::read;
pub(in crate::http) use step::step;
