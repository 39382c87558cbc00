use super::check::Checked;
use super::plan::Ground;
use crate::store::PlannedDecision;
use crate::usecase::consents::Rules;
use sha2::{Digest, Sha256};
use skolstart_shared::Locale;
use skolstart_shared::api::Conflict;
use skolstart_shared::consent::{ConsentChoice, ConsentDecision, ConsentPurpose, consent_text};
use skolstart_shared::fact::{Provenance, Value};
use skolstart_shared::form::{Act, ActKind, Answers, Field, FieldKey, FormDefinition};
use skolstart_shared::id::{PersonId, SubmissionId};
use skolstart_shared::round::Outcome;
use skolstart_shared::submission::{ActAnswer, ContentHash};
use std::collections::HashMap;

/// What the sender decided last, by child and purpose, and with which submission.
pub(super) type Decided = HashMap<(PersonId, ConsentPurpose), (ConsentDecision, SubmissionId)>;

fn last<'g>(ground: &'g Ground<'_>, sent: &ActAnswer, field: &FieldKey) -> Option<&'g ConsentDecision> {
    last_sent(ground, sent, field).map(|(decision, _)| decision)
}

fn last_sent<'g>(
    ground: &'g Ground<'_>,
    sent: &ActAnswer,
    field: &FieldKey,
) -> Option<&'g (ConsentDecision, SubmissionId)> {
    let purpose = ConsentPurpose { form: sent.form.key.clone(), act: sent.act.clone(), field: field.clone() };
    ground.decided.get(&(sent.child.unwrap_or(ground.principal.person()), purpose))
}

/// True when the decision need not be said again: no, or a yes to this text that has not ended.
fn holds(
    ground: &Ground<'_>,
    decision: &ConsentDecision,
    child: Option<PersonId>,
    form: &FormDefinition,
    act: &Act,
    field: &Field,
) -> bool {
    let Some(child) = child.and_then(|child| ground.children.get(&child)) else { return true };
    let rules = Rules::new(ground.store, &ground.published, ground.today);
    rules.ask(child, false, form, act, field, |case| case.holds(decision))
}

/// True when the sender has decided about this field before. A yes that does not hold any more is asked for by the task, which
/// is not done until she has said something.
pub(super) fn is_decided(ground: &Ground<'_>, sent: &ActAnswer, field: &str) -> bool {
    last(ground, sent, &FieldKey(field.to_owned())).is_some()
}

/// Every yes that was said without knowing of the sender's newest no: queued at one device while she said no at another. The no
/// stands until she has seen both. A program that says no base is taken to have known of nothing; a no is always taken. A yes that
/// names the submission of the no as the one it changes was said after it, at the same device.
pub(super) fn conflicts(
    ground: &Ground<'_>,
    checked: &Checked<'_>,
    supersedes: Option<SubmissionId>,
) -> Vec<Conflict> {
    let mut found = Vec::new();
    for (key, value) in &checked.answers.0 {
        let (Value::Flag(true), Some((no, sent))) = (value, last_sent(ground, checked.sent, key)) else {
            continue;
        };
        let is_known = checked.sent.base.get(key) == Some(&no.version()) || supersedes == Some(*sent);
        if no.choice.is_yes() || is_known {
            continue;
        }
        found.push(Conflict {
            path: format!("acts.{}.{}", checked.at, key.as_str()),
            theirs: Some(Value::Flag(false)),
            from: Provenance::You,
            at: no.at,
            // A program that knows no base of consents must not take one from here: to it, taking the no leaves the yes standing.
            version: 0,
        });
    }
    found
}

/// The decisions in the answers that differ from the sender's latest ones, or say anew what does not hold any more.
pub(super) fn new_decisions(
    ground: &Ground<'_>,
    checked: &Checked<'_>,
    child: PersonId,
    locale: Locale,
) -> Vec<PlannedDecision> {
    let mut decisions = Vec::new();
    for (key, value) in &checked.answers.0 {
        let (Value::Flag(yes), Some(field)) = (value, checked.act.field(key)) else { continue };
        let before = last(ground, checked.sent, key);
        let choice = ConsentChoice::of_answer(*yes, before.map(|decision| decision.choice));
        let stands = before.is_some_and(|before| {
            before.choice == choice
                && holds(ground, before, checked.sent.child, checked.form, checked.act, field)
        });
        if !stands {
            decisions.push(PlannedDecision {
                child,
                purpose: ConsentPurpose {
                    form: checked.sent.form.key.clone(),
                    act: checked.sent.act.clone(),
                    field: key.clone(),
                },
                choice,
                after: before.map_or(0, |before| before.seq),
                form_version: checked.sent.form.version,
                text: text_hash(checked.form, checked.act, field, locale),
            });
        }
    }
    decisions
}

/// SHA-256 of what was read.
fn text_hash(form: &FormDefinition, act: &Act, field: &Field, locale: Locale) -> ContentHash {
    ContentHash::of_digest(&Sha256::digest(consent_text(form, act, field, locale).as_bytes()))
}

/// A refusal when the sender says no to every purpose of the act, with earlier decisions counted.
pub(super) fn outcome(ground: &Ground<'_>, checked: &Checked<'_>) -> Outcome {
    let says_yes = |field: &FieldKey| match checked.answers.get(field) {
        Some(Value::Flag(yes)) => Some(*yes),
        _ => last(ground, checked.sent, field).map(|decision| decision.choice.is_yes()),
    };
    let mut consents = checked.act.fields.iter().filter(|field| field.kind.is_asked());
    if consents.all(|field| says_yes(&field.key) == Some(false)) {
        Outcome::Refused
    } else {
        Outcome::Answered
    }
}

/// True for a consent act that is answered with no and nothing else.
pub(super) fn only_no(act: &Act, answers: &Answers) -> bool {
    act.kind == ActKind::Consent
        && !answers.0.is_empty()
        && answers.0.values().all(|value| matches!(value, Value::Flag(false)))
}
