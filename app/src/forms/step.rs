//! Names one step of a session: one act, for one child or for the guardian herself. Stands in the address of the step.

use skolstart_shared::api::TaskOut;
use skolstart_shared::form::{ActKey, FormKey};
use skolstart_shared::id::PersonId;
use skolstart_shared::submission::ActAnswer;
use std::fmt;

/// One act to answer. Written `form/act` or `form/act/child`; ids and keys only, never personal data.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct StepKey {
    /// The form.
    pub form: FormKey,
    /// The act.
    pub act: ActKey,
    /// The child. `None`: about the guardian herself.
    pub child: Option<PersonId>,
}

impl StepKey {
    /// The step of a task.
    pub fn of(task: &TaskOut) -> Self {
        Self { form: task.form.key.clone(), act: task.act.clone(), child: task.child }
    }

    /// True for the step of this task.
    pub fn is_of(&self, task: &TaskOut) -> bool {
        self.child == task.child && self.act == task.act && self.form == task.form.key
    }

    /// The step that an answer is to.
    pub fn of_answer(answer: &ActAnswer) -> Self {
        Self { form: answer.form.key.clone(), act: answer.act.clone(), child: answer.child }
    }

    /// True for the step that this is an answer to.
    pub fn is_answered_by(&self, answer: &ActAnswer) -> bool {
        self.child == answer.child && self.act == answer.act && self.form == answer.form.key
    }

    /// Reads what [`fmt::Display`] wrote. `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('/').filter(|part| !part.is_empty());
        let (form, act) = (parts.next()?, parts.next()?);
        let child = match parts.next() {
            Some(child) => Some(child.parse().ok()?),
            None => None,
        };
        parts.next().is_none().then(|| Self {
            form: FormKey(form.to_owned()),
            act: ActKey(act.to_owned()),
            child,
        })
    }
}

impl fmt::Display for StepKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.form.as_str())?;
        f.write_str("/")?;
        f.write_str(self.act.as_str())?;
        match self.child {
            Some(child) => {
                f.write_str("/")?;
                child.fmt(f)
            }
            None => Ok(()),
        }
    }
}
