use super::plan::{PlannedAct, SealedPlan, Submitted};
use crate::store::Transaction;
use crate::store::answers::{Answers, Rounds};
use crate::store::applications::{Applied, Open, current};
use crate::store::entity::{consent_decision, fact_snapshot, submission, task};
use crate::store::guardians::Guardians;
use crate::store::{StoreError, files, generation, rows};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use skolstart_shared::Date;
use skolstart_shared::consent::ConsentPurpose;
use skolstart_shared::form;
use skolstart_shared::id::PersonId;
use std::collections::{BTreeMap, HashMap, HashSet};
use uuid::Uuid;

/// What stood in the database when the group began, and then what the plans before the next one have made of it.
pub(super) struct Known {
    pub(super) earlier: HashMap<Uuid, Earlier>,
    pub(super) versions: HashMap<Uuid, u32>,
    /// The latest decision of each person about each purpose, where the plans hold any.
    pub(super) decided: HashMap<Decided, i64>,
    /// Of the files that the plans name, those that are there.
    pub(super) files: HashSet<Uuid>,
    pub(super) guardians: Guardians,
    pub(super) answers: Answers,
    /// Tasks by child and round.
    pub(super) tasks: BTreeMap<(Uuid, Uuid), Vec<task::Model>>,
    /// The last application for each thing that is applied for.
    pub(super) applications: Open,
}

/// Who decided, for which child, and about what.
pub(super) type Decided = (Uuid, Uuid, ConsentPurpose);

/// A submission that is there already.
pub(super) struct Earlier {
    pub(super) sender: Uuid,
    pub(super) hash: String,
    pub(super) receipt: String,
}

impl Earlier {
    /// What the same id means for somebody who sends it again.
    pub(super) fn again(&self, plan: &SealedPlan) -> Submitted {
        if self.sender != plan.plan.sender.0 {
            Submitted::NotYours
        } else if self.hash != plan.plan.hash.0 {
            Submitted::HashMismatch
        } else {
            Submitted::Receipt(self.receipt.clone())
        }
    }
}

impl Known {
    /// Reads what the group needs. On PostgreSQL the tasks are locked first, in the order of their key: whoever answers for
    /// the same child in another process waits here, and then sees our answers.
    pub(super) async fn load(
        db: &Transaction,
        plans: &[&SealedPlan],
        today: Date,
    ) -> Result<Self, StoreError> {
        let children = rows::for_in(plans.iter().flat_map(|plan| touched(plan)).map(|child| child.0));
        let rounds = rows::for_in(plans.iter().map(|plan| plan.plan.round.0));
        let tasks = tasks(db, &children, &rounds).await?;
        let versions = versions(db, plans).await?;
        let guardians = guardians(db, plans, today).await?;
        let subjects = children.iter().copied().chain(guardians.everybody().map(|person| person.0));
        let mut acts = plans.iter().flat_map(|plan| &plan.plan.acts);
        let looks_back = acts.any(|act| act.kept || act.definition.looks_back());
        let of = if looks_back { Rounds::All } else { Rounds::Only(&rounds) };
        let answers = Answers::about(db, &rows::for_in(subjects), of).await?;
        let files = files::present(db, plans.iter().map(|plan| &plan.plan)).await?;
        let applied: Vec<Applied> =
            plans.iter().flat_map(|plan| &plan.plan.acts).filter_map(applied).collect();
        let applications = current(db, &applied).await?;
        Ok(Self {
            earlier: earlier(db, plans).await?,
            versions,
            decided: decided(db, plans).await?,
            files,
            guardians,
            answers,
            tasks,
            applications,
        })
    }
}

/// What an answer applies for. `None`: it is no application.
pub(super) fn applied(act: &PlannedAct) -> Option<Applied> {
    act.definition.act(&act.act)?.decision.as_ref()?;
    Some((act.child?.0, act.form.key.0.clone(), act.act.0.clone()))
}

/// The children whose tasks a plan can change.
pub(super) fn touched(plan: &SealedPlan) -> impl Iterator<Item = PersonId> {
    plan.plan.acts.iter().filter_map(|act| act.child).chain(plan.plan.children.iter().copied())
}

/// Who decides for the children now: as the plans remember it, where the register has not moved since.
async fn guardians(db: &Transaction, plans: &[&SealedPlan], today: Date) -> Result<Guardians, StoreError> {
    let generation = generation::of_register(db).await?;
    let (fresh, old): (Vec<&SealedPlan>, Vec<&SealedPlan>) =
        plans.iter().partition(|plan| (plan.family.day, &plan.family.generation) == (today, &generation));
    let asked = rows::distinct(old.into_iter().flat_map(touched).map(|child| child.0));
    let mut guardians = Guardians::of(db, &asked, today).await?;
    fresh.iter().for_each(|plan| guardians.know(&plan.family.children));
    Ok(guardians)
}

async fn tasks(
    db: &Transaction,
    children: &[Uuid],
    rounds: &[Uuid],
) -> Result<BTreeMap<(Uuid, Uuid), Vec<task::Model>>, StoreError> {
    let mut found: BTreeMap<(Uuid, Uuid), Vec<task::Model>> = BTreeMap::new();
    let query = task::Entity::find()
        .filter(task::Column::ChildId.is_in(children.iter().copied()))
        .filter(task::Column::RoundId.is_in(rounds.iter().copied()))
        .order_by_asc(task::Column::ChildId)
        .order_by_asc(task::Column::RoundId)
        .order_by_asc(task::Column::FormKey)
        .order_by_asc(task::Column::ActKey)
        .lock_exclusive();
    for row in query.all(db).await? {
        found.entry((row.child_id, row.round_id)).or_default().push(row);
    }
    Ok(found)
}

async fn versions(db: &Transaction, plans: &[&SealedPlan]) -> Result<HashMap<Uuid, u32>, StoreError> {
    let subjects = rows::for_in(
        plans.iter().flat_map(|plan| plan.plan.snapshots.iter()).map(|planned| planned.subject.0),
    );
    let found: Vec<(Uuid, i32)> = fact_snapshot::Entity::find()
        .select_only()
        .columns([fact_snapshot::Column::SubjectId, fact_snapshot::Column::Version])
        .filter(fact_snapshot::Column::SubjectId.is_in(subjects))
        .order_by_asc(fact_snapshot::Column::SubjectId)
        .lock_exclusive()
        .into_tuple()
        .all(db)
        .await?;
    Ok(found.into_iter().map(|(subject, version)| (subject, version.unsigned_abs())).collect())
}

async fn decided(db: &Transaction, plans: &[&SealedPlan]) -> Result<HashMap<Decided, i64>, StoreError> {
    use consent_decision::Column::{ActKey, ById, ChildId, FieldKey, FormKey, Seq};
    let planned = || plans.iter().flat_map(|plan| &plan.plan.decisions);
    if planned().next().is_none() {
        return Ok(HashMap::new());
    }
    let senders = rows::for_in(plans.iter().map(|plan| plan.plan.sender.0));
    let found: Vec<(Uuid, Uuid, String, String, String, i64)> = consent_decision::Entity::find()
        .select_only()
        .columns([ById, ChildId, FormKey, ActKey, FieldKey])
        .column_as(Seq.max(), "latest")
        .filter(ChildId.is_in(rows::for_in(planned().map(|decision| decision.child.0))))
        .filter(ById.is_in(senders))
        .group_by(ById)
        .group_by(ChildId)
        .group_by(FormKey)
        .group_by(ActKey)
        .group_by(FieldKey)
        .into_tuple()
        .all(db)
        .await?;
    let known = found.into_iter().map(|(by, child, form, act, field, seq)| {
        let (form, act, field) = (form::FormKey(form), form::ActKey(act), form::FieldKey(field));
        ((by, child, ConsentPurpose { form, act, field }), seq)
    });
    Ok(known.collect())
}

async fn earlier(db: &Transaction, plans: &[&SealedPlan]) -> Result<HashMap<Uuid, Earlier>, StoreError> {
    use submission::Column::{ContentHash, Id, Receipt, SenderId};
    let found: Vec<(Uuid, Uuid, String, String)> = submission::Entity::find()
        .select_only()
        .columns([Id, SenderId, ContentHash, Receipt])
        .filter(Id.is_in(rows::for_in(plans.iter().map(|plan| plan.plan.id.0))))
        .into_tuple()
        .all(db)
        .await?;
    let pairs = found.into_iter().map(|(id, sender, hash, receipt)| (id, Earlier { sender, hash, receipt }));
    Ok(pairs.collect())
}
