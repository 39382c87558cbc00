//! Whether the forms that answers call for are there to be asked. What is published is the caller's to know.

use super::finding::{Finding, FindingCode};
use crate::fact::Subject;
use crate::form::{FormDefinition, FormKey, Texts};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A published form, as far as it matters to a form whose answers may call for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Callable {
    /// Its name.
    pub form: FormKey,
    /// Its title.
    pub title: Texts,
    /// True when it stands beside every round.
    pub on_demand: bool,
    /// About whom somebody of the family can begin in it.
    pub about: Vec<Subject>,
    /// The forms that its own answers call for.
    pub calls: Vec<FormKey>,
}

impl Callable {
    /// What matters of a form.
    pub fn of(form: &FormDefinition) -> Self {
        let begins = form.acts.iter().filter(|act| act.signers.staff().is_none() && act.after.is_none());
        Self {
            form: form.key.clone(),
            title: form.title.clone(),
            on_demand: form.is_on_demand(),
            about: begins.map(|act| act.subject).collect(),
            calls: form.acts.iter().flat_map(|act| &act.calls).map(|call| call.form.clone()).collect(),
        }
    }
}

/// What is wrong with the forms that answers of this one call for. `published`: the newest version of each form.
pub fn check_calls(form: &FormDefinition, published: &[Callable]) -> Vec<Finding> {
    let mut found = Vec::new();
    for act in &form.acts {
        for call in &act.calls {
            let code = match published.iter().find(|other| other.form == call.form) {
                _ if leads_to(&call.form, &form.key, published) => FindingCode::CalledInCircle,
                None => FindingCode::CalledUnknown,
                Some(called) if !called.on_demand => FindingCode::CalledInRounds,
                Some(called) if !called.about.contains(&act.subject) => FindingCode::CalledElsewhere,
                Some(_) => continue,
            };
            found.push(Finding::new(code, act.key.as_str()).with("form", call.form.as_str()));
        }
    }
    found
}

/// True when the form is `goal`, or calls for one that leads there.
fn leads_to(from: &FormKey, goal: &FormKey, published: &[Callable]) -> bool {
    let (mut left, mut seen) = (vec![from], BTreeSet::new());
    while let Some(next) = left.pop() {
        if next == goal {
            return true;
        }
        if seen.insert(next) {
            left.extend(published.iter().filter(|other| other.form == *next).flat_map(|other| &other.calls));
        }
    }
    false
}
