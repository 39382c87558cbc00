use super::SubmitError;
use super::consents;
use super::plan::Ground;
use crate::store::{AnsweredActs, Place};
use crate::usecase::consents::Rules;
use crate::usecase::file_answers::{Naming, Shelf};
use crate::usecase::{as_pupil, unit_answers, with_code};
use skolstart_shared::fact::Subject;
use skolstart_shared::form::{Act, ActKind, Answers, Field, FormDefinition, Setting, normalise, validate};
use skolstart_shared::submission::{ActAnswer, SubmissionContent};
use skolstart_shared::{Code, Violation};
use std::sync::Arc;

/// An answered act whose answers follow the rules.
pub(super) struct Checked<'a> {
    /// Its place in the submission, for the paths of conflicts.
    pub(super) at: usize,
    pub(super) sent: &'a ActAnswer,
    pub(super) form: &'a Arc<FormDefinition>,
    pub(super) act: &'a Act,
    /// What is kept of the answers.
    pub(super) answers: Answers,
    /// The round does not ask it of the subject, and it was answered before.
    pub(super) kept: bool,
}

/// Checks every act. A foreign child is looked for first: for whoever asks about one, there is nothing else to know.
pub(super) fn all<'a>(
    ground: &'a Ground<'_>,
    content: &'a SubmissionContent,
) -> Result<Vec<Checked<'a>>, SubmitError> {
    let principal = ground.principal;
    // What is asked of guardians about themselves is no pupil's.
    let is_own = |sent: &ActAnswer| match sent.child {
        Some(child) => principal.children().contains(&child),
        None => principal.is_guardian(),
    };
    if !(principal.is_guardian() || principal.is_pupil()) || !content.acts.iter().all(is_own) {
        return Err(SubmitError::NotFound);
    }
    if content.acts.is_empty() {
        return Err(SubmitError::Invalid(vec![Violation::new("acts", Code::TooFew).with("least", 1)]));
    }
    let (mut checked, mut violations) = (Vec::with_capacity(content.acts.len()), Vec::new());
    for (at, sent) in content.acts.iter().enumerate() {
        let repeated = content.acts[..at].iter().any(|other| same_act(other, sent));
        match one(ground, at, sent)? {
            Ok(act) if !repeated => checked.push(act),
            Ok(_) => violations.push(Violation::new(format!("acts.{at}"), Code::TooMany).with("most", 1)),
            Err(found) => violations.extend(found.into_iter().map(|each| each.under(&format!("acts.{at}")))),
        }
    }
    if violations.is_empty() { Ok(checked) } else { Err(SubmitError::Invalid(violations)) }
}

fn same_act(one: &ActAnswer, other: &ActAnswer) -> bool {
    one.form.key == other.form.key && one.act == other.act && one.child == other.child
}

fn one<'a>(
    ground: &'a Ground<'_>,
    at: usize,
    sent: &'a ActAnswer,
) -> Result<Result<Checked<'a>, Vec<Violation>>, SubmitError> {
    // A phone may hold an older version of a form than the round names: any published version of its forms will do. What is
    // there for those who need it stands beside every round, and so does what was answered before and can be changed.
    let in_round = ground.round.forms.iter().any(|form| form.key == sent.form.key);
    // A no to a consent is taken whatever is asked now: nobody may stand in the way of taking a yes back.
    let form = ground.published.form(&sent.form).ok_or(SubmitError::NotFound)?;
    let act = form.act(&sent.act).ok_or(SubmitError::NotFound)?;
    let takes_back = consents::only_no(act, &sent.answers);
    let has_code_only = ground.principal.has_code_only();
    if has_code_only && !with_code::can_answer(&ground.published, &sent.form, &sent.act) {
        return Err(SubmitError::NotFound);
    }
    if ground.principal.is_pupil() && !is_hers(ground, sent, form, act) {
        return Err(SubmitError::NotFound);
    }
    let is_asked = in_round && concerns(ground, act, sent, &|place| ground.round.includes(&place.stands()));
    let kept = !is_asked && is_kept(ground, sent, form, act);
    if !(in_round || form.is_on_demand() || takes_back || kept) {
        return Err(SubmitError::NotFound);
    }
    let is_for_staff = act.signers.staff().is_some();
    let is_misplaced = (act.subject == Subject::Child) != sent.child.is_some();
    let is_beside = (kept || form.is_on_demand()) && concerns(ground, act, sent, &|_| true);
    if is_for_staff || is_misplaced || !(takes_back || is_asked || is_beside) {
        return Ok(Err(vec![Violation::new("", Code::NotASigner)]));
    }
    let setting = setting(ground, sent);
    let me = ground.principal.person();
    let shelf = Shelf { me, naming: Naming::Family, published: &ground.published, files: &ground.files };
    let answers = shelf.as_kept(normalise(act, &sent.answers, &setting));
    let mut violations = unknown(act, &sent.answers);
    violations.extend(validate(act, &answers, &setting));
    violations.extend(unit_answers::unknown(act, &answers, &ground.units));
    violations.extend(shelf.missing(sent, act, &answers));
    if act.kind == ActKind::Consent {
        // A decision stands until it is changed: nobody has to repeat it to change another, nor to answer all to say no.
        let need_not = |path: &str| takes_back || consents::is_decided(ground, sent, path);
        violations.retain(|found| found.code != Code::Required || !need_not(&found.path));
    }
    if violations.is_empty() {
        Ok(Ok(Checked { at, sent, form, act, answers, kept }))
    } else {
        Ok(Err(violations))
    }
}

fn is_hers(ground: &Ground<'_>, sent: &ActAnswer, form: &FormDefinition, act: &Act) -> bool {
    let rules = Rules::new(ground.store, &ground.published, ground.today);
    let pupil = sent.child.and_then(|child| ground.children.get(&child));
    pupil.is_some_and(|pupil| as_pupil::is_hers(&rules, pupil, form, act, ground.today))
}

/// Answers to questions that the act does not ask. They are not dropped in silence: nobody must believe that they were taken.
fn unknown(act: &Act, answers: &Answers) -> Vec<Violation> {
    let keys = answers.0.keys().filter(|key| act.field(key).is_none());
    keys.map(|key| Violation::new(key.as_str(), Code::UnknownField)).collect()
}

/// What conditions know: about the child, or only the day when the guardian answers about herself.
pub(super) fn setting(ground: &Ground<'_>, sent: &ActAnswer) -> Setting {
    let child = sent.child.and_then(|child| ground.children.get(&child));
    child.map_or(Setting::of_nobody(ground.today), |child| child.setting(ground.today))
}

/// True when the act applies to the child, and the child goes somewhere that counts; for an act about the guardian, when that
/// holds for one of her children.
fn concerns(ground: &Ground<'_>, act: &Act, sent: &ActAnswer, counts: &dyn Fn(&Place) -> bool) -> bool {
    let children = sent.child.as_ref().map_or(ground.principal.children(), std::slice::from_ref);
    children.iter().filter_map(|child| ground.children.get(child)).any(|child| {
        let setting = child.setting(ground.today);
        child.place.as_ref().is_some_and(counts)
            && act.applies_if.as_ref().is_none_or(|condition| condition.holds(&Answers::default(), &setting))
    })
}

/// True for a child that is let in after the last day; about the guardian herself, when one of her children is.
fn is_let_in(ground: &Ground<'_>, sent: &ActAnswer) -> bool {
    let children = sent.child.as_ref().map_or(ground.principal.children(), std::slice::from_ref);
    let mut children = children.iter().filter_map(|child| ground.children.get(child));
    children.any(|child| child.is_let_in(&ground.round, ground.today))
}

/// True for what was answered before and can be changed though the round does not ask it. Whoever has shown no more than a code
/// is not told whether somebody else has answered.
fn is_kept(ground: &Ground<'_>, sent: &ActAnswer, form: &FormDefinition, act: &Act) -> bool {
    let subject = sent.child.unwrap_or(ground.principal.person());
    let decides = |field: &Field| consents::is_decided(ground, sent, field.key.as_str());
    let has_decided = || act.kind == ActKind::Consent && act.fields.iter().any(decides);
    let was_answered = ground.answered.has_answered(subject, &form.key, &act.key);
    !ground.principal.has_code_only()
        && !form.is_on_demand()
        && act.can_be_changed()
        && (was_answered || has_decided())
}

/// Outside the round's days: applications and the like, which have no days; changes of what the sender has answered; what is asked
/// about a child that is let in late; and no to a consent, which can never be refused (GDPR art. 7.3).
pub(super) fn may_be_late(
    ground: &Ground<'_>,
    checked: &[Checked<'_>],
    answered: &AnsweredActs,
) -> Result<(), SubmitError> {
    let fits = |checked: &Checked<'_>| {
        let subject = checked.sent.child.unwrap_or(ground.principal.person());
        checked.act.on_demand
            || checked.kept
            || is_let_in(ground, checked.sent)
            || consents::only_no(checked.act, &checked.answers)
            || answered.contains(&(subject, checked.sent.form.key.clone(), checked.act.key.clone()))
    };
    if checked.iter().all(fits) { Ok(()) } else { Err(SubmitError::Closed) }
}
