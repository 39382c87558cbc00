//! Building a form: what the builder does to a definition, and what it says about it.
//!
//! Owns places in a definition, edits, conditions built by choosing, suggestions of known elements, new elements of the
//! municipality's own, the difference between two versions, what a change means for those who have answered, and who may publish. Called by the staff program and by the
//! server's publishing; never by the guardian program. Must not know a browser, and says codes where a sentence is needed.

mod act_words;
mod choosing;
mod diff;
mod edit;
mod effect;
mod kinds;
mod own;
mod review;
mod rules;
mod spot;
mod suggest;
mod trial;

pub use act_words::ActWords;
pub use choosing::{About, Line, Operator, Tree, abouts, operators};
pub use diff::{Change, ChangeCode, diff};
pub use edit::{Removed, free_key, new_act, new_field, new_form, new_option};
pub use effect::{Effect, Meaning, Reason, effects};
pub use kinds::{KINDS, kind_name, plain_kind};
pub use own::can_be_element;
pub use review::{DraftState, NotAllowed, Review, ReviewStep, may_take, state_of};
pub use rules::{
    Column, RuleSort, TriggerSort, asked, columns, dates, is_amount, number_columns, numbers, purposes,
};
pub use spot::Spot;
pub use suggest::suggest;
pub use trial::{TRIAL_FAMILIES, TrialFamily};
