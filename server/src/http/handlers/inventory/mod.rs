//! The element catalogue and the inventory of forms.

mod elements;
mod file;
mod forms;

pub(in crate::http) use elements::{catalogue, element_history, put_element};
pub(in crate::http) use file::{check, export, import};
pub(in crate::http) use forms::{inventory, put_form};
