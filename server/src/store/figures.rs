//! Counters of groups and units: how many children have come how far. Called by whatever changes a task, in the same
//! transaction. Must not count a child with protected identity.

use super::entity::{group_revision, progress_child, progress_count, task, unit_day};
use super::{StoreError, Transaction, rows};
use sea_orm::{EntityTrait, QuerySelect, Set};
use skolstart_shared::round::TaskStatus;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// Changes to be added to the counters. Kept in the order of their keys, in which they are written.
#[derive(Default)]
pub(super) struct Figures {
    counts: BTreeMap<(Uuid, Uuid, String, String, String), i64>,
    children: BTreeMap<(Uuid, Uuid), (i64, i64)>,
    days: BTreeMap<(Uuid, Uuid, String), Day>,
    revisions: BTreeMap<Uuid, i64>,
}

/// What a unit received in a day.
#[derive(Clone, Copy, Default)]
pub(super) struct Day {
    pub(super) submissions: i64,
    pub(super) confirmed: i64,
    pub(super) changed: i64,
    pub(super) new: i64,
}

impl Figures {
    /// Takes in that the tasks of one child in one round were `before` and are `after`.
    pub(super) fn change(&mut self, before: &[task::Model], after: &[task::Model]) {
        self.weigh(before, -1);
        self.weigh(after, 1);
        let groups = before.iter().chain(after).filter_map(|task| task.group_id);
        for group in groups.collect::<BTreeSet<_>>() {
            *self.revisions.entry(group).or_default() += 1;
        }
    }

    /// Takes in what was received for a unit.
    pub(super) fn receive(&mut self, unit: Uuid, round: Uuid, day: &str, more: Day) {
        let sum = self.days.entry((unit, round, day.to_owned())).or_default();
        sum.submissions += more.submissions;
        sum.confirmed += more.confirmed;
        sum.changed += more.changed;
        sum.new += more.new;
    }

    fn weigh(&mut self, tasks: &[task::Model], weight: i64) {
        let Some(first) = tasks.first().filter(|first| !first.hidden) else { return };
        let is_done =
            |task: &task::Model| TaskStatus::from_name(&task.status).is_some_and(TaskStatus::is_done);
        let finished = i64::from(tasks.iter().all(is_done));
        for scope in [Some(first.unit_id), first.group_id].into_iter().flatten() {
            let sum = self.children.entry((scope, first.round_id)).or_default();
            sum.0 += weight;
            sum.1 += weight * finished;
            for task in tasks {
                let key =
                    (scope, task.round_id, task.form_key.clone(), task.act_key.clone(), task.status.clone());
                *self.counts.entry(key).or_default() += weight;
            }
        }
    }

    /// Adds the changes to the counters.
    pub(super) async fn write(self, db: &Transaction) -> Result<(), StoreError> {
        let counts = self.counts.into_iter().filter(|(_, children)| *children != 0);
        let counts =
            counts.map(|((scope, round, form, act, status), children)| progress_count::ActiveModel {
                scope_id: Set(scope),
                round_id: Set(round),
                form_key: Set(form),
                act_key: Set(act),
                status: Set(status),
                children: Set(children),
            });
        {
            use progress_count::Column::{ActKey, Children, FormKey, RoundId, ScopeId, Status};
            let keys = [ScopeId, RoundId, FormKey, ActKey, Status];
            rows::add::<progress_count::Entity>(db, counts.collect(), &keys, &[Children]).await?;
        }
        let children = self.children.into_iter().filter(|(_, sums)| *sums != (0, 0));
        let children = children.map(|((scope, round), (children, finished))| progress_child::ActiveModel {
            scope_id: Set(scope),
            round_id: Set(round),
            children: Set(children),
            finished: Set(finished),
        });
        {
            use progress_child::Column::{Children, Finished, RoundId, ScopeId};
            let (keys, sums) = ([ScopeId, RoundId], [Children, Finished]);
            rows::add::<progress_child::Entity>(db, children.collect(), &keys, &sums).await?;
        }
        write_days(db, self.days).await?;
        write_revisions(db, self.revisions).await
    }
}

async fn write_days(db: &Transaction, days: BTreeMap<(Uuid, Uuid, String), Day>) -> Result<(), StoreError> {
    use unit_day::Column::{Changed, Confirmed, Day, New, RoundId, Submissions, UnitId};
    let rows = days.into_iter().map(|((unit, round, day), sum)| unit_day::ActiveModel {
        unit_id: Set(unit),
        round_id: Set(round),
        day: Set(day),
        submissions: Set(sum.submissions),
        confirmed: Set(sum.confirmed),
        changed: Set(sum.changed),
        new: Set(sum.new),
    });
    let (keys, sums) = ([UnitId, RoundId, Day], [Submissions, Confirmed, Changed, New]);
    Ok(rows::add::<unit_day::Entity>(db, rows.collect(), &keys, &sums).await?)
}

/// Has whoever looks at these groups ask for them anew, though no answer has come.
pub(super) async fn renew(db: &Transaction, groups: Vec<Uuid>) -> Result<(), StoreError> {
    write_revisions(db, groups.into_iter().map(|group| (group, 1)).collect()).await
}

/// Has whoever looks at any group ask for it anew.
pub(super) async fn renew_all(db: &Transaction) -> Result<(), StoreError> {
    let known = group_revision::Entity::find().select_only().column(group_revision::Column::GroupId);
    renew(db, known.into_tuple().all(db).await?).await
}

async fn write_revisions(db: &Transaction, groups: BTreeMap<Uuid, i64>) -> Result<(), StoreError> {
    use group_revision::Column::{GroupId, Revision};
    let rows = groups
        .into_iter()
        .map(|(group, more)| group_revision::ActiveModel { group_id: Set(group), revision: Set(more) });
    Ok(rows::add::<group_revision::Entity>(db, rows.collect(), &[GroupId], &[Revision]).await?)
}
