//! The municipality's forms, on paper and digital: the inventory, taking in a spreadsheet, and the picture of overlap.

mod detail;
mod edit;
mod figures;
mod file;
mod import;
mod matrix;
mod overlap;
mod page;
mod parts;
mod table;

pub(super) use figures::SavedStats;
pub(super) use file::save as save_file;
pub(crate) use overlap::OverlapPage;
pub(crate) use page::InventoryPage;
pub(super) use parts::{Choice, Input, saving_failed};
