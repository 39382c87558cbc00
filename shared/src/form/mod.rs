//! Forms as data: what is asked, of whom, on what ground, and when an answer is right.
//!
//! Owns the definition and every rule about answers. The browser and the server call the same functions, so they cannot
//! disagree. A definition is immutable once published. Must not know a particular form: forms are files.

mod answers;
pub mod builder;
mod calculation;
pub mod check;
mod condition;
mod decision;
mod definition;
mod example;
mod field;
mod follow_up;
mod input;
mod kind;
mod normalise;
mod prefill;
mod readers;
mod scope;
mod signers;
mod texts;
mod validate;
mod value_check;
mod with_code;

pub use answers::Answers;
pub use calculation::Calculation;
pub use condition::{AgeRange, Condition, Setting};
pub use decision::{Carry, Decider, DecisionOutcome, DecisionRule, Grant, OUTCOME, Period};
pub use definition::{Act, ActKey, ActKind, Expiry, FormDefinition, FormKey, FormRef, LegalBasis, Rule};
pub use example::{example, example_answers};
pub use field::{Field, FieldKey};
pub use follow_up::{Answered, Call, FollowUp, Trigger};
pub use input::{parse_amount, parse_input, show_amount, show_input};
pub use kind::{ChoiceOption, FieldKind, MOST_MEGABYTES, RowShape};
pub use normalise::{hidden, normalise};
pub use prefill::{Alternative, Known, Progress, prefill, progress};
pub use signers::{ADULT, Family, Signers, SignersRule};
pub use texts::Texts;
pub use validate::validate;
pub use value_check::{check_line, check_lines};
pub use with_code::is_open_to_codes;
