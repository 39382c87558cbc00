use super::check::{Checked, setting};
use super::plan::Ground;
use crate::store::{PlannedDecision, PlannedTodo};
use crate::usecase::follow_ups::Of;
use skolstart_shared::consent::ConsentChoice;
use skolstart_shared::form::{Answered, Answers, FieldKey, normalise};
use skolstart_shared::id::PersonId;

/// What an answer sets in motion among staff.
pub(super) fn of(
    ground: &Ground<'_>,
    checked: &Checked<'_>,
    decisions: &[PlannedDecision],
) -> Vec<PlannedTodo> {
    let Some(child) = whose_staff(ground, checked).filter(|_| !checked.act.follow_ups.is_empty()) else {
        return Vec::new();
    };
    let subject = checked.sent.child.unwrap_or(ground.principal.person());
    let withdrawn: Vec<FieldKey> = decisions
        .iter()
        .filter(|decision| decision.choice == ConsentChoice::Withdrawn)
        .map(|decision| decision.purpose.field.clone())
        .collect();
    let (setting, before) = (setting(ground, checked.sent), before(ground, checked, subject));
    let of = Of { form: checked.form, act: checked.act, child, subject, today: ground.today };
    let now = &checked.answers;
    of.todos(Answered { before: before.as_ref(), now, setting: &setting, withdrawn: &withdrawn })
}

/// The child whose staff it is for: what a guardian says about herself is for those of one of her children, always the same.
fn whose_staff(ground: &Ground<'_>, checked: &Checked<'_>) -> Option<PersonId> {
    let goes_somewhere =
        |child: &&PersonId| ground.children.get(child).is_some_and(|child| child.place.is_some());
    checked.sent.child.or_else(|| ground.principal.children().iter().find(goes_somewhere).copied())
}

fn before(ground: &Ground<'_>, checked: &Checked<'_>, subject: PersonId) -> Option<Answers> {
    let of = (subject, checked.sent.form.key.clone(), checked.sent.act.clone());
    let (form, answers) = ground.before.get(&of)?;
    let form = ground.published.form(form)?;
    Some(normalise(form.act(&checked.sent.act)?, answers, &setting(ground, checked.sent)))
}
