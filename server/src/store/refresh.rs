//! Tasks of a round for everybody in its audience, derived anew from the register and the answers.
//!
//! Called after an import, when a round is created, and when the rules of deriving have changed. Must not be needed for
//! anything that a submission changes: that is kept up to date as it is written.

use super::answers::{AboutChild, Answers, Rounds};
use super::entity::{enrolment, meta, person, task};
use super::figures::{self, Figures};
use super::guardians::Guardians;
use super::in_force::{Exemption, exemptions};
use super::place::{Place, places};
use super::rights::ACTIVE;
use super::{AuditEntry, Published, Store, StoreError, rows};
use crate::store::Transaction;
use sea_orm::{ColumnTrait, Condition, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect};
use skolstart_shared::Date;
use skolstart_shared::form::{Act, Answers as FormAnswers};
use skolstart_shared::id::{PersonId, RoundId};
use skolstart_shared::people::SecurityMarking;
use skolstart_shared::round::{Round, status};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;
use uuid::Uuid;

/// Children in one transaction: bounds how long submissions wait for it.
const PART: usize = 1_000;

/// The row of `meta` with the day of the last refreshing of everything.
const REFRESHED: &str = "tasks-refreshed-on";

/// What refreshing changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Refreshed {
    /// Children looked at.
    pub children: u64,
    /// Tasks written, because they are new or have changed.
    pub written: u64,
    /// Tasks taken away, because the child has left or the act no longer concerns it.
    pub removed: u64,
}

impl Store {
    /// Brings the tasks and counters of a round in line with the register. An unknown round has none.
    ///
    /// # Errors
    /// When the database cannot be read or written. What was done before stays; doing it again is safe.
    pub async fn refresh_round(&self, round: RoundId) -> Result<Refreshed, StoreError> {
        let published = self.published();
        let Some(round) = published.round(round).cloned() else { return Ok(Refreshed::default()) };
        let today = self.clock().today();
        let children = self.candidates(round.id, today).await?;
        let mut sum = Refreshed { children: children.len() as u64, ..Refreshed::default() };
        for part in children.chunks(PART) {
            let job = Arc::new(Part {
                published: published.clone(),
                round: round.clone(),
                today,
                children: part.to_vec(),
            });
            let (written, removed) = self
                .write(move |db| {
                    let job = job.clone();
                    Box::pin(async move { Ok((job.refresh(db).await?, Vec::<AuditEntry>::new())) })
                })
                .await?;
            sum.written += written;
            sum.removed += removed;
        }
        Ok(sum)
    }

    /// The day on which every open round was last refreshed, by whatever process.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn refreshed_on(&self) -> Result<Option<Date>, StoreError> {
        let row = meta::Entity::find_by_id(REFRESHED.to_owned()).one(self.db()).await?;
        Ok(row.and_then(|row| Date::parse_iso(std::str::from_utf8(&row.value).ok()?).ok()))
    }

    /// Notes that every open round has been refreshed on `day`.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn remember_refreshed(&self, day: Date) -> Result<(), StoreError> {
        self.write(move |db| {
            Box::pin(async move {
                let row = meta::Model { key: REFRESHED.to_owned(), value: day.to_string().into_bytes() };
                let rows = vec![row.into_active_model()];
                let (key, value) = ([meta::Column::Key], [meta::Column::Value]);
                rows::upsert::<meta::Entity>(db, rows, &key, &value).await?;
                Ok(((), Vec::<AuditEntry>::new()))
            })
        })
        .await
    }

    /// Everybody who goes somewhere, and everybody who has a task.
    async fn candidates(&self, round: RoundId, today: Date) -> Result<Vec<Uuid>, StoreError> {
        use enrolment::Column::{ChildId, ToDay};
        let not_ended = Condition::any().add(ToDay.is_null()).add(ToDay.gte(today.to_string()));
        let going: Vec<Uuid> = enrolment::Entity::find()
            .select_only()
            .column(ChildId)
            .distinct()
            .filter(not_ended)
            .into_tuple()
            .all(self.db())
            .await?;
        let having: Vec<Uuid> = task::Entity::find()
            .select_only()
            .column(task::Column::ChildId)
            .distinct()
            .filter(task::Column::RoundId.eq(round.0))
            .into_tuple()
            .all(self.db())
            .await?;
        Ok(rows::distinct(going.into_iter().chain(having)))
    }
}

/// Some children of one round.
pub(super) struct Part {
    published: Arc<Published>,
    round: Arc<Round>,
    today: Date,
    children: Vec<Uuid>,
}

impl Part {
    /// One child alone. `None`: no such round.
    pub(super) fn of_child(store: &Store, round: RoundId, child: PersonId) -> Option<Self> {
        let published = store.published();
        let round = published.round(round)?.clone();
        Some(Self { published, round, today: store.clock().today(), children: vec![child.0] })
    }

    /// Some children.
    pub(super) fn of_children(store: &Store, round: &Arc<Round>, children: Vec<Uuid>) -> Self {
        let published = store.published();
        Self { published, round: round.clone(), today: store.clock().today(), children }
    }

    /// Waits until nobody else changes the tasks of these children.
    pub(super) async fn lock(&self, db: &Transaction) -> Result<(), StoreError> {
        self.tasks(db).await.map(drop)
    }

    /// Has whoever looks at the groups of these children ask for them anew.
    pub(super) async fn renew_groups(&self, db: &Transaction) -> Result<(), StoreError> {
        let tasks = self.tasks(db).await?;
        let groups = tasks.values().flatten().filter_map(|task| task.group_id);
        figures::renew(db, rows::distinct(groups)).await
    }

    /// Writes what has changed: how many tasks were written and taken away.
    pub(super) async fn refresh(&self, db: &Transaction) -> Result<(u64, u64), StoreError> {
        let before = self.tasks(db).await?;
        let after = self.derive(db).await?;
        let (mut figures, mut changed, mut removed) = (Figures::default(), Vec::new(), BTreeMap::new());
        for child in &self.children {
            let was = before.get(child).map_or(&[][..], Vec::as_slice);
            let is = after.get(child).map_or(&[][..], Vec::as_slice);
            if was == is {
                continue;
            }
            figures.change(was, is);
            changed.extend(is.iter().filter(|task| !was.contains(task)).cloned());
            for gone in was.iter().filter(|then| !is.iter().any(|now| same_act(now, then))) {
                let act = (gone.form_key.clone(), gone.act_key.clone());
                removed.entry(act).or_insert_with(Vec::new).push(*child);
            }
        }
        let counts = (changed.len() as u64, removed.values().map(|children| children.len() as u64).sum());
        self.write(db, changed, removed).await?;
        figures.write(db).await?;
        Ok(counts)
    }

    async fn tasks(&self, db: &Transaction) -> Result<HashMap<Uuid, Vec<task::Model>>, StoreError> {
        let query = task::Entity::find()
            .filter(task::Column::RoundId.eq(self.round.id.0))
            .filter(task::Column::ChildId.is_in(self.children.iter().copied()))
            .lock_exclusive();
        let mut found: HashMap<Uuid, Vec<task::Model>> = HashMap::new();
        for row in query.all(db).await? {
            found.entry(row.child_id).or_default().push(row);
        }
        for tasks in found.values_mut() {
            tasks.sort_by(|a, b| (&a.form_key, &a.act_key).cmp(&(&b.form_key, &b.act_key)));
        }
        Ok(found)
    }

    /// The tasks as they should be, in the order of their key.
    async fn derive(&self, db: &Transaction) -> Result<HashMap<Uuid, Vec<task::Model>>, StoreError> {
        let places = places(db, &self.children, self.today).await?;
        let guardians = Guardians::of(db, &self.children, self.today).await?;
        let family =
            rows::distinct(self.children.iter().copied().chain(guardians.everybody().map(|who| who.0)));
        let only = [self.round.id.0];
        let rounds = if self.published.looks_back(&self.round) { Rounds::All } else { Rounds::Only(&only) };
        let answers = Answers::about(db, &family, rounds).await?;
        let exempt = exemptions(db, &self.children).await?;
        let (active, marked) = people(db, &family).await?;
        let mut derived = HashMap::new();
        for child in self.children.iter().filter(|child| active.contains(*child)) {
            let Some(place) = places.get(&PersonId(*child)).filter(|place| self.includes(place)) else {
                continue;
            };
            let deciding = guardians.of_child(PersonId(*child));
            let hidden =
                marked.contains(child) || deciding.iter().any(|guardian| marked.contains(&guardian.0));
            let exempt = exempt.get(&PersonId(*child)).map_or(&[][..], Vec::as_slice);
            let about = Known { guardians: &guardians, answers: &answers, exempt };
            let mut tasks = self.tasks_of(PersonId(*child), place, hidden, &about);
            tasks.sort_by(|a, b| (&a.form_key, &a.act_key).cmp(&(&b.form_key, &b.act_key)));
            derived.insert(*child, tasks);
        }
        Ok(derived)
    }

    fn includes(&self, place: &Place) -> bool {
        self.round.includes(&place.stands())
    }

    fn tasks_of(&self, child: PersonId, place: &Place, hidden: bool, known: &Known<'_>) -> Vec<task::Model> {
        let family = known.guardians.family(child);
        let born = known.guardians.born(child);
        let setting = Place::setting(Some(place), born, family.guardians.len(), self.today);
        let applies = |act: &Act| {
            act.applies_if.as_ref().is_none_or(|condition| condition.holds(&FormAnswers::default(), &setting))
        };
        let mut tasks = Vec::new();
        for form in self.published.forms_of(&self.round) {
            let is_exempt =
                |act: &Act| known.exempt.iter().any(|each| each.covers(self.round.id, &form.key, &act.key));
            let about = AboutChild {
                answers: known.answers,
                round: self.round.id,
                form,
                kept: false,
                family,
                applies: &applies,
                exempt: &is_exempt,
            };
            for act in form.acts.iter().filter(|act| applies(act)) {
                let case = about.case(act);
                let at = case.answers().iter().map(|answer| answer.at).max();
                tasks.push(task::Model {
                    child_id: child.0,
                    round_id: self.round.id.0,
                    form_key: form.key.0.clone(),
                    act_key: act.key.0.clone(),
                    unit_id: place.unit.0,
                    group_id: place.group.map(|group| group.0),
                    status: status(&case.evidence()).as_str().to_owned(),
                    answered_at: at.map(|at| at.as_millis()),
                    hidden,
                });
            }
        }
        tasks
    }

    async fn write(
        &self,
        db: &Transaction,
        changed: Vec<task::Model>,
        removed: BTreeMap<(String, String), Vec<Uuid>>,
    ) -> Result<(), StoreError> {
        use task::Column::{ActKey, AnsweredAt, ChildId, FormKey, GroupId, Hidden, RoundId, Status, UnitId};
        let changed = changed.into_iter().map(IntoActiveModel::into_active_model).collect();
        let (keys, update) =
            ([ChildId, RoundId, FormKey, ActKey], [UnitId, GroupId, Status, AnsweredAt, Hidden]);
        rows::upsert::<task::Entity>(db, changed, &keys, &update).await?;
        for ((form, act), children) in removed {
            task::Entity::delete_many()
                .filter(RoundId.eq(self.round.id.0))
                .filter(FormKey.eq(form))
                .filter(ActKey.eq(act))
                .filter(ChildId.is_in(children))
                .exec(db)
                .await?;
        }
        Ok(())
    }
}

/// What the tasks of a child follow from, beside the register.
struct Known<'a> {
    guardians: &'a Guardians,
    answers: &'a Answers,
    exempt: &'a [Exemption],
}

fn same_act(one: &task::Model, other: &task::Model) -> bool {
    one.form_key == other.form_key && one.act_key == other.act_key
}

/// Those of the people who are in the register, and those with protected identity.
async fn people(db: &Transaction, people: &[Uuid]) -> Result<(HashSet<Uuid>, HashSet<Uuid>), StoreError> {
    use person::Column::{Id, Marking, Shielded, Status};
    let (mut active, mut marked) = (HashSet::new(), HashSet::new());
    for part in people.chunks(rows::MOST_IDS) {
        let found: Vec<(Uuid, String, String, bool)> = person::Entity::find()
            .select_only()
            .columns([Id, Status, Marking, Shielded])
            .filter(Id.is_in(part.iter().copied()))
            .into_tuple()
            .all(db)
            .await?;
        for (id, status, marking, shielded) in found {
            if status == ACTIVE {
                active.insert(id);
            }
            if shielded || SecurityMarking::from_code(&marking).is_protected() {
                marked.insert(id);
            }
        }
    }
    Ok((active, marked))
}
