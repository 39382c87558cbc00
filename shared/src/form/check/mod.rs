//! What is wrong or doubtful in a form definition, before anybody publishes it.
//!
//! Owns the checks of the builder's list, of `skolstart forms check` and of the tests of the library. Says codes and params,
//! never sentences: those stand under `check.*` in the staff program's texts. Never called by the guardian program.

mod calls;
mod conditions;
mod finding;
mod law;
mod own;
mod reading;
mod structure;

pub use calls::{Callable, check_calls};
pub use finding::{Finding, FindingCode, Severity};
pub use reading::{LONGEST_MEAN_SENTENCE, MOST_LIX, lix, mean_sentence};

use super::definition::FormDefinition;
use crate::fact::Catalogue;

/// Everything that is wrong or doubtful, errors and warnings mixed, in the order of the form.
pub fn check(form: &FormDefinition, catalogue: &Catalogue) -> Vec<Finding> {
    let mut found = Vec::new();
    own::check(form, catalogue, &mut found);
    let catalogue = &catalogue.with(&form.elements);
    structure::check(form, catalogue, &mut found);
    for act in &form.acts {
        conditions::check(act, &mut found);
        law::check(form, act, catalogue, &mut found);
    }
    reading::check(form, &mut found);
    found
}
