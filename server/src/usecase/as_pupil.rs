//! What a pupil who has signed in sees of what is asked about her, and what she answers. Called by the home, the forms on offer, the
//! writing of submissions and the page of consents. She meets the acts that name her among those who sign, and the consents in
//! which her own say counts; of what is known she sees what she has said herself and what the register and the school say, never
//! what a guardian has. Whoever is of age stands in the guardians' place and answers all of it. Must not know any form.

use super::consents::Rules;
use crate::store::ChildRecord;
use skolstart_shared::Date;
use skolstart_shared::api::HomeOut;
use skolstart_shared::fact::Subject;
use skolstart_shared::form::{ADULT, Act, FieldKind, FormDefinition};
use skolstart_shared::round::MyPart;

/// True for an act that the pupil answers herself today. What she thinks of an application is an event of it and no answer, until
/// she is of age and applies herself.
pub(super) fn is_hers(
    rules: &Rules<'_>,
    pupil: &ChildRecord,
    form: &FormDefinition,
    act: &Act,
    today: Date,
) -> bool {
    let is_of_age = pupil.family(today).age.is_some_and(|age| age >= ADULT);
    if act.subject != Subject::Child || (act.decision.is_some() && !is_of_age) {
        return false;
    }
    signs(pupil, act, today) || has_say(rules, pupil, form, act)
}

/// True when the form counts her among those who sign.
fn signs(pupil: &ChildRecord, act: &Act, today: Date) -> bool {
    act.signers.signers(&pupil.family(today)).who.contains(&pupil.id)
}

/// True when her yes or no counts for a consent in the act, as the municipality has set it.
fn has_say(rules: &Rules<'_>, pupil: &ChildRecord, form: &FormDefinition, act: &Act) -> bool {
    let mut consents = act.fields.iter().filter(|field| matches!(field.kind, FieldKind::Consent { .. }));
    consents.any(|field| rules.ask(pupil, false, form, act, field, |case| case.heard().contains(&pupil.id)))
}

/// What is left for her of an act whose signers are others and where her say counts. `waits`: something is not allowed before
/// she has said yes. `None`: the form counts her among those who sign, and says it.
pub(super) fn say(
    pupil: &ChildRecord,
    act: &Act,
    today: Date,
    waits: bool,
    answered: bool,
) -> Option<MyPart> {
    let part = match (waits, answered) {
        (true, _) => MyPart::ToDo,
        (false, true) => MyPart::Done,
        (false, false) => MyPart::MayDo,
    };
    (!signs(pupil, act, today)).then_some(part)
}

/// Leaves of a home what is hers. Its tasks and offers are hers already.
pub(super) fn only_hers(home: &mut HomeOut) {
    // Who else decides for her she knows; the program asks it for texts about the other guardian.
    home.children.iter_mut().for_each(|child| child.other_guardians = 0);
    let HomeOut { begun, tasks, .. } = home;
    begun.retain(|form| tasks.iter().any(|task| task.form.key == form.key));
}
