//! The rows of a plan.

use super::plan::SealedPlan;
use crate::store::answers::{calls_words, outcome_word};
use crate::store::entity::{act_answer, consent_decision, fact, fact_snapshot, submission};
use crate::store::todos::Opening;
use sea_orm::{NotSet, Set};
use skolstart_shared::fact::Source;
use skolstart_shared::receipt::receipt_number;

pub(super) fn submission(sealed: &SealedPlan, receipt: &str) -> submission::Model {
    let plan = &sealed.plan;
    submission::Model {
        id: plan.id.0,
        sender_id: plan.sender.0,
        round_id: plan.round.0,
        content_hash: plan.hash.0.clone(),
        sealed: sealed.content.clone(),
        receipt: receipt.to_owned(),
        number: receipt_number(plan.id),
        received_at: plan.received.as_millis(),
        supersedes: plan.supersedes.map(|earlier| earlier.0),
    }
}

pub(super) fn facts(sealed: &SealedPlan) -> impl Iterator<Item = fact::Model> {
    let plan = &sealed.plan;
    plan.facts.iter().zip(&sealed.facts).map(|(planned, (id, value))| fact::Model {
        id: *id,
        subject_id: planned.subject.0,
        element: planned.element.0.clone(),
        value: value.clone(),
        source: source_word(planned.entry.source).to_owned(),
        by_id: planned.entry.by.map(|by| by.0),
        at: planned.entry.confirmed.as_millis(),
        version: version(planned.entry.version),
        submission_id: Some(plan.id.0),
    })
}

pub(super) fn decisions(sealed: &SealedPlan) -> impl Iterator<Item = consent_decision::ActiveModel> {
    let plan = &sealed.plan;
    plan.decisions.iter().map(|decision| consent_decision::ActiveModel {
        seq: NotSet,
        child_id: Set(decision.child.0),
        form_key: Set(decision.purpose.form.0.clone()),
        act_key: Set(decision.purpose.act.0.clone()),
        field_key: Set(decision.purpose.field.0.clone()),
        by_id: Set(plan.sender.0),
        choice: Set(decision.choice.as_str().to_owned()),
        form_version: Set(version(decision.form_version)),
        at: Set(plan.received.as_millis()),
        submission_id: Set(plan.id.0),
        locale: Set(Some(plan.locale.as_str().to_owned())),
        text_hash: Set(Some(decision.text.0.clone())),
        role: Set(if plan.is_pupils() { PUPIL } else { GUARDIAN }.to_owned()),
        identified: Set(plan.identified.as_str().to_owned()),
        recorded_by: Set(None),
    })
}

pub(super) fn todos(sealed: &SealedPlan) -> impl Iterator<Item = Opening<'_>> {
    let plan = &sealed.plan;
    plan.todos.iter().zip(&sealed.todo_ids).map(|(planned, id)| Opening {
        planned,
        id: *id,
        cause: plan.id.0,
        at: plan.received.as_millis(),
    })
}

/// In what role somebody decides.
const GUARDIAN: &str = "guardian";
const PUPIL: &str = "pupil";

pub(super) fn snapshots(sealed: &SealedPlan) -> impl Iterator<Item = fact_snapshot::Model> {
    sealed.plan.snapshots.iter().zip(&sealed.snapshots).map(|(planned, value)| fact_snapshot::Model {
        subject_id: planned.subject.0,
        version: version(planned.snapshot.version),
        sealed: value.clone(),
    })
}

pub(super) fn answers(sealed: &SealedPlan) -> impl Iterator<Item = act_answer::Model> {
    let plan = &sealed.plan;
    plan.acts.iter().map(|act| act_answer::Model {
        subject_id: act.child.unwrap_or(plan.sender).0,
        round_id: plan.round.0,
        form_key: act.form.key.0.clone(),
        act_key: act.act.0.clone(),
        signer_id: plan.sender.0,
        outcome: outcome_word(act.outcome).to_owned(),
        submission_id: plan.id.0,
        at: plan.received.as_millis(),
        // What stands is known only when the group has been taken in.
        renewed_at: None,
        digest: act.digest,
        returned: false,
        calls: calls_words(&act.calls),
    })
}

/// Versions count changes of one value by people; they never come near the limit.
fn version(number: u32) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}

/// The word for a source in the database.
pub(in crate::store) fn source_word(source: Source) -> &'static str {
    match source {
        Source::Register => "register",
        Source::Guardian => "guardian",
        Source::Staff => "staff",
    }
}
