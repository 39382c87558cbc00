//! Building forms: the list, the bench where one is built, how it is tried, checked and published, and the rounds that ask it.
//!
//! Every decision about a definition is in `shared::form::builder` and `shared::form::check`; here it is shown and chosen.

mod act;
mod act_more;
mod add;
mod bench;
mod calculated;
mod calls;
mod checks;
mod condition;
mod condition_age;
mod condition_line;
mod deciders;
mod field;
mod follow_ups;
mod granting;
mod holder;
mod import;
mod inputs;
mod kind;
mod list;
mod options;
mod outline;
mod own;
mod page;
mod preview;
mod publish;
mod round_day;
mod round_new;
mod rounds;
mod rules;
mod saving;
mod words;

pub(in crate::staff::pages) use bench::focus_later;
pub(crate) use list::BuilderPage;
pub(crate) use page::DraftPage;
pub(crate) use rounds::RoundsPage;
