//! What answers set in motion among staff, as it stands in the forms. Called by the use cases that take answers.
//!
//! When something is due is said by `shared::form::follow_up`; here it becomes a plan for the store.

use crate::policy::Principal;
use crate::store::{AnsweredBefore, PlannedTodo, Published, Store, StoreError};
use skolstart_shared::Date;
use skolstart_shared::form::{Act, Answered, FieldKey, FormDefinition, Trigger};
use skolstart_shared::id::PersonId;
use skolstart_shared::submission::SubmissionContent;

/// The act that an answer is to.
#[derive(Clone, Copy)]
pub(super) struct Of<'a> {
    /// The form.
    pub(super) form: &'a FormDefinition,
    /// The act.
    pub(super) act: &'a Act,
    /// The child whose staff it is for.
    pub(super) child: PersonId,
    /// Whom it is about.
    pub(super) subject: PersonId,
    /// The day of answering.
    pub(super) today: Date,
}

impl Of<'_> {
    fn planned(&self, nr: usize) -> Option<PlannedTodo> {
        let follow_up = self.act.follow_ups.get(nr)?;
        Some(PlannedTodo {
            child: self.child,
            subject: self.subject,
            form: self.form.reference(),
            act: self.act.key.clone(),
            nr: u16::try_from(nr).ok()?,
            function: follow_up.function,
            due: self.today.add_days(i32::from(follow_up.days)),
        })
    }

    /// What an answer sets in motion.
    pub(super) fn todos(&self, answered: Answered<'_>) -> Vec<PlannedTodo> {
        self.act.set_in_motion(answered).filter_map(|(nr, _)| self.planned(nr)).collect()
    }
}

/// What is set in motion when a yes to a channel about a child is taken back, by channel.
pub(super) fn on_withdrawal(
    form: &FormDefinition,
    act: &Act,
    child: PersonId,
    today: Date,
) -> Vec<(FieldKey, PlannedTodo)> {
    let of = Of { form, act, child, subject: child, today };
    let all = act.follow_ups.iter().enumerate().filter_map(|(nr, follow_up)| match &follow_up.when {
        Trigger::Withdrawn(field) => Some((field.clone(), of.planned(nr)?)),
        _ => None,
    });
    all.collect()
}

/// What was answered before to the acts of a submission that look back. Most do not, and then nothing is read.
pub(super) async fn answered_before(
    store: &Store,
    principal: &Principal,
    published: &Published,
    content: &SubmissionContent,
) -> Result<AnsweredBefore, StoreError> {
    let looks_back = |act: &Act| act.follow_ups.iter().any(|follow_up| follow_up.when.looks_back());
    let acts = content.acts.iter().filter(|sent| {
        let form = published.form(&sent.form);
        form.and_then(|form| form.act(&sent.act)).is_some_and(looks_back)
    });
    let acts: Vec<_> = acts.map(|sent| (sent.form.key.clone(), sent.act.clone())).collect();
    if acts.is_empty() {
        return Ok(AnsweredBefore::new());
    }
    store.answered_before(principal, &acts).await
}
