use super::group::Group;
use super::load::Known;
use super::plan::{SealedPlan, Submitted};
use super::rows_of;
use crate::store::Transaction;
use crate::store::answers::ActOf;
use crate::store::audit::AuditEntry;
use crate::store::entity::{act_answer, consent_decision, fact, fact_snapshot, submission, task};
use crate::store::{StoreError, applications, files, own_drafts, rows, todos};
use sea_orm::IntoActiveModel;
use skolstart_shared::Date;
use skolstart_shared::id::PersonId;

/// Writes all plans of a group that can be written, and says for each what came of it. The number of statements does not
/// grow with the number of plans.
pub(in crate::store) async fn write(
    db: &Transaction,
    plans: &[&SealedPlan],
    today: Date,
    entries: &mut Vec<AuditEntry>,
) -> Result<Vec<Submitted>, StoreError> {
    if plans.is_empty() {
        return Ok(Vec::new());
    }
    let mut group = Group::new(Known::load(db, plans, today).await?, today);
    let mut answers = Vec::with_capacity(plans.len());
    for plan in plans {
        answers.push(group.take(plan)?);
    }
    write_history(db, &group).await?;
    write_projections(db, &mut group).await?;
    entries.extend(group.subjects().map(|(plan, child)| AuditEntry {
        acting_for: None,
        actor: Some(plan.sender),
        action: "submit",
        object_kind: if child.is_some() { "child" } else { "guardian" },
        object_id: Some(child.unwrap_or(plan.sender).0),
        purpose: plan.purpose,
        outcome: "done",
        request_id: plan.request_id.clone(),
    }));
    Ok(answers)
}

/// What is only ever added to.
async fn write_history(db: &Transaction, group: &Group<'_>) -> Result<(), StoreError> {
    let sent =
        group.accepted.iter().map(|(plan, receipt)| rows_of::submission(plan, receipt).into_active_model());
    rows::insert::<submission::Entity>(db, sent.collect()).await?;
    let facts = group
        .accepted
        .iter()
        .flat_map(|(plan, _)| rows_of::facts(plan))
        .map(IntoActiveModel::into_active_model);
    rows::insert::<fact::Entity>(db, facts.collect()).await?;
    for (plan, _) in &group.accepted {
        files::bind(db, &plan.plan).await?;
    }
    let openings: Vec<_> = group.accepted.iter().flat_map(|(plan, _)| rows_of::todos(plan)).collect();
    todos::open(db, &openings).await?;
    // What they had begun is sent; what is left of it their programs keep anew.
    let families = group.accepted.iter().map(|(plan, _)| &plan.plan).filter(|plan| plan.ends_draft());
    own_drafts::end(db, families.map(|plan| plan.sender)).await?;
    let decisions = group.accepted.iter().flat_map(|(plan, _)| rows_of::decisions(plan));
    Ok(rows::insert::<consent_decision::Entity>(db, decisions.collect()).await?)
}

/// What follows from the history and is kept so that it can be read without it.
async fn write_projections(db: &Transaction, group: &mut Group<'_>) -> Result<(), StoreError> {
    use fact_snapshot::Column::{Sealed, SubjectId, Version};
    let (mut first, mut later) = (Vec::new(), Vec::new());
    for (plan, _) in &group.accepted {
        for (planned, row) in plan.plan.snapshots.iter().zip(rows_of::snapshots(plan)) {
            // A first snapshot is inserted and never overwritten: another process may have been faster, and then the
            // whole group is tried again.
            if planned.expected == 0 {
                first.push(row.into_active_model())
            } else {
                later.push(row.into_active_model())
            }
        }
    }
    rows::insert::<fact_snapshot::Entity>(db, first).await?;
    rows::upsert::<fact_snapshot::Entity>(db, later, &[SubjectId], &[Version, Sealed]).await?;
    applications::write(db, std::mem::take(&mut group.opened)).await?;
    write_answers(db, group).await?;
    let changed = group.changed_tasks().into_iter().map(IntoActiveModel::into_active_model).collect();
    {
        use task::Column::{ActKey, AnsweredAt, ChildId, FormKey, RoundId, Status};
        let keys = [ChildId, RoundId, FormKey, ActKey];
        rows::upsert::<task::Entity>(db, changed, &keys, &[Status, AnsweredAt]).await?;
    }
    std::mem::take(&mut group.figures).write(db).await
}

async fn write_answers(db: &Transaction, group: &Group<'_>) -> Result<(), StoreError> {
    use act_answer::Column::{
        ActKey, At, Calls, Digest, FormKey, Outcome, RenewedAt, Returned, RoundId, SignerId, SubjectId,
        SubmissionId,
    };
    let mut latest = std::collections::BTreeMap::new();
    // One statement cannot write the same row twice: of several answers in the group the last one stands.
    for row in group.accepted.iter().flat_map(|(plan, _)| rows_of::answers(plan)) {
        let key = (row.subject_id, row.round_id, row.form_key.clone(), row.act_key.clone(), row.signer_id);
        let act = ActOf { round: row.round_id, form: row.form_key.clone(), act: row.act_key.clone() };
        if !group.known.answers.holds(PersonId(row.subject_id), &act, PersonId(row.signer_id)) {
            continue;
        }
        let renewed = group.known.answers.renewed(PersonId(row.subject_id), &act, PersonId(row.signer_id));
        let row = act_answer::Model { renewed_at: renewed.map(|at| at.as_millis()), ..row };
        latest.insert(key, row.into_active_model());
    }
    let keys = [SubjectId, RoundId, FormKey, ActKey, SignerId];
    let update = [Outcome, SubmissionId, At, RenewedAt, Digest, Returned, Calls];
    Ok(rows::upsert::<act_answer::Entity>(db, latest.into_values().collect(), &keys, &update).await?)
}
