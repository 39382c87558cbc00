use super::check::Checked;
use super::plan::Ground;
use crate::store::PlannedDecision;
use skolstart_shared::consent::{ConsentChoice, ConsentPurpose};
use skolstart_shared::fact::Value;
use skolstart_shared::form::{ActKind, FieldKey};
use skolstart_shared::id::PersonId;
use skolstart_shared::round::Outcome;
use skolstart_shared::submission::ActAnswer;
use std::collections::HashMap;

/// What the sender decided last, by child and purpose.
pub(super) type Decided = HashMap<(PersonId, ConsentPurpose), ConsentChoice>;

fn purpose(sent: &ActAnswer, field: FieldKey) -> ConsentPurpose {
    ConsentPurpose { form: sent.form.key.clone(), act: sent.act.clone(), field }
}

/// True when the sender has decided about this field before.
pub(super) fn is_decided(ground: &Ground<'_>, sent: &ActAnswer, field: &str) -> bool {
    let subject = sent.child.unwrap_or(ground.principal.person());
    ground.decided.contains_key(&(subject, purpose(sent, FieldKey(field.to_owned()))))
}

/// The decisions in the answers that differ from the sender's latest ones.
pub(super) fn new_decisions(
    decided: &Decided,
    checked: &Checked<'_>,
    child: PersonId,
) -> Vec<PlannedDecision> {
    let mut decisions = Vec::new();
    for (field, value) in &checked.answers.0 {
        let Value::Flag(yes) = value else { continue };
        let purpose = purpose(checked.sent, field.clone());
        let last = decided.get(&(child, purpose.clone())).copied();
        let choice = ConsentChoice::of_answer(*yes, last);
        if last != Some(choice) {
            decisions.push(PlannedDecision {
                child,
                purpose,
                choice,
                form_version: checked.sent.form.version,
            });
        }
    }
    decisions
}

/// A refusal when the sender says no to every purpose of the act, with earlier decisions counted.
pub(super) fn outcome(decided: &Decided, checked: &Checked<'_>, child: PersonId) -> Outcome {
    let says_yes = |field: &FieldKey| match checked.answers.get(field) {
        Some(Value::Flag(yes)) => Some(*yes),
        _ => decided.get(&(child, purpose(checked.sent, field.clone()))).map(|choice| choice.is_yes()),
    };
    let said: Vec<bool> = checked.act.fields.iter().filter_map(|field| says_yes(&field.key)).collect();
    if !said.is_empty() && said.iter().all(|yes| !yes) { Outcome::Refused } else { Outcome::Answered }
}

/// True for a consent act that is answered with no and nothing else.
pub(super) fn only_no(checked: &Checked<'_>) -> bool {
    checked.act.kind == ActKind::Consent
        && checked.answers.0.values().all(|value| matches!(value, Value::Flag(false)))
}
