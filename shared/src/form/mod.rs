//! Forms as data: what is asked, of whom, on what ground, and when an answer is right.
//!
//! Owns the definition and every rule about answers. The browser and the server call the same functions, so they cannot
//! disagree. A definition is immutable once published. Must not know a particular form: forms are files.

mod answers;
mod condition;
mod definition;
mod field;
mod input;
mod prefill;
mod signers;
mod texts;
mod validate;

pub use answers::Answers;
pub use condition::{Condition, Setting};
pub use definition::{Act, ActKey, ActKind, FormDefinition, FormKey, FormRef, LegalBasis, Rule};
pub use field::{ChoiceOption, Field, FieldKey, FieldKind};
pub use input::{parse_input, show_input};
pub use prefill::{Known, Progress, prefill, progress};
pub use signers::SignersRule;
pub use texts::Texts;
pub use validate::{normalise, validate};
