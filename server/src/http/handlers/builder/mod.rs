//! Building forms, and running rounds.

mod drafts;
mod rounds;

pub(in crate::http) use drafts::{
    discard_draft, forms, get_draft, published_form, put_draft, put_review, read_file,
};
pub(in crate::http) use rounds::{put_day, put_form, put_round, rounds};
