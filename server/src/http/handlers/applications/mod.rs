//! Applications: for those who handle them, and for those who have applied.

mod get;
mod list;
mod own;
mod own_step;
mod step;

pub(in crate::http) use get::get;
pub(in crate::http) use list::list;
pub(in crate::http) use own::own;
pub(in crate::http) use own_step::own_step;
pub(in crate::http) use step::step;
