//! What is known about one child: on a page of its own, and in the panel beside a list.

mod code_sheet;
mod codes;
mod days;
mod handle;
mod history;
mod late;
mod page;
mod parts;
mod readers;
mod school_acts;
mod take_down;
mod versions;
mod withhold;

pub(crate) use code_sheet::CodePage;
pub(crate) use page::ChildPage;
pub(super) use page::protected_notice;
pub(super) use parts::{CallingOrder, Sections, about, beside};
