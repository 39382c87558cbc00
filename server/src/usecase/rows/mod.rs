//! Rows of what is held about somebody, as people read them: what columns, codes, keys and ids are called.
//!
//! Called by the pages of an extract and of an archive. Must not decide which rows and columns there are: the store does.

mod names;
mod titles;
mod words;

pub(super) use names::Names;
pub(super) use titles::Titles;
pub(super) use words::{escaped, when, word, words};
