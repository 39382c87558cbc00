//! Erasure of what is over: which rows that is follows from the rules of `classes::retention`, from when things were given and
//! replaced, when children left, and what is held.
//!
//! Goes through people, what was sent, rounds, and people again, in small parts. What a part is to lose is worked out twice: beside the
//! writer, to know whether there is anything, and in the writer's transaction, so that a hold or an answer of the last moment
//! counts. Stopped anywhere, the next run goes on: what is over is erased whenever it is met. Called by `usecase::retention`, at the
//! command line and once a day. Must not erase a row of the audit trail, nor decide a period.

mod about;
mod holds;
mod lives;
mod part;
mod plan;
mod run;
mod sent;

pub use holds::{Held, HoldDone, HoldRecord, Holder, Holding};
pub(in crate::store) use plan::thin_snapshot;
pub use run::{Expected, RunRecord};

use super::{Published, Sealer, Store, StoreError};
use crate::clock::Clock;
use crate::store::classes::{Given, Rules};
use holds::Holds;
use plan::{AnswerOf, Plan};
use sea_orm::ConnectionTrait;
use skolstart_shared::fact::ElementKey;
use skolstart_shared::form::{ActKey, FormKey, FormRef};
use skolstart_shared::id::RoundId;
use skolstart_shared::{Date, Timestamp};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};
use uuid::Uuid;

/// How many rows of each class.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts(pub BTreeMap<String, u64>);

impl Counts {
    fn add(&mut self, class: &str, more: u64) {
        if more > 0 {
            *self.0.entry(class.to_owned()).or_default() += more;
        }
    }

    fn take(&mut self, other: &Self) {
        other.0.iter().for_each(|(class, more)| self.add(class, *more));
    }

    /// Of all classes.
    pub fn sum(&self) -> u64 {
        self.0.values().sum()
    }
}

/// What has gone in this run, or would have: what rests on it goes too.
#[derive(Default)]
struct Gone {
    decisions: HashSet<i64>,
    applications: HashSet<Uuid>,
    answers: HashSet<AnswerOf>,
    elements: HashSet<(Uuid, String)>,
    files: HashSet<Uuid>,
    /// Those about whom something stays.
    kept: HashSet<Uuid>,
}

/// What a part of a run is worked out with. Holds are read anew in each transaction.
struct Desk {
    rules: Arc<Rules>,
    published: Arc<Published>,
    classes: Arc<HashMap<(String, String), String>>,
    sealer: Sealer,
    clock: Clock,
    day: Date,
    holds: Holds,
    gone: Arc<Mutex<Gone>>,
}

impl Desk {
    async fn new<C: ConnectionTrait>(
        db: &C,
        store: &Store,
        rules: Arc<Rules>,
        day: Date,
    ) -> Result<Self, StoreError> {
        let published = store.published();
        let mut classes = HashMap::new();
        for form in published.newest_forms() {
            for act in &form.acts {
                classes.insert((form.key.0.clone(), act.key.0.clone()), act.retention.clone());
            }
        }
        Ok(Self {
            rules,
            published,
            classes: Arc::new(classes),
            sealer: store.sealer().clone(),
            clock: store.clock().clone(),
            day,
            holds: Holds::load(db).await?,
            gone: Arc::default(),
        })
    }

    /// The same with the holds as this transaction sees them.
    async fn again<C: ConnectionTrait>(&self, db: &C) -> Result<Self, StoreError> {
        Ok(Self {
            rules: self.rules.clone(),
            published: self.published.clone(),
            classes: self.classes.clone(),
            sealer: self.sealer.clone(),
            clock: self.clock.clone(),
            day: self.day,
            holds: Holds::load(db).await?,
            gone: self.gone.clone(),
        })
    }

    fn day_of(&self, at: i64) -> Date {
        self.clock.day_of(Timestamp::from_millis(at))
    }

    fn due(&self, class: &str, given: Given) -> Option<Date> {
        self.rules.get(class)?.due(given)
    }

    /// True when the period of the class is over. A class without a rule is kept.
    fn is_over(&self, class: &str, given: Given) -> bool {
        self.due(class, given).is_some_and(|due| due <= self.day)
    }

    fn class_of_element(&self, element: &str) -> String {
        let known = self.published.catalogue().get(&ElementKey(element.to_owned()));
        known.map(|element| element.retention.clone()).unwrap_or_default()
    }

    /// The class of an act, in the version that was answered where that is known.
    fn class_of_act(&self, form: &str, version: Option<i32>, act: &str) -> String {
        let reference = version.and_then(|version| u32::try_from(version).ok());
        let answered = reference
            .and_then(|version| self.published.form(&FormRef { key: FormKey(form.to_owned()), version }));
        let answered = answered.and_then(|form| form.act(&ActKey(act.to_owned())));
        match answered {
            Some(act) => act.retention.clone(),
            None => self.classes.get(&(form.to_owned(), act.to_owned())).cloned().unwrap_or_default(),
        }
    }

    /// The last day of a round. One that is not there any more has long closed, but nobody knows when.
    fn closes(&self, round: Uuid) -> Date {
        self.published.round(RoundId(round)).map_or(self.day, |round| round.closes)
    }

    fn has_gone(&self, ask: impl FnOnce(&Gone) -> bool) -> bool {
        ask(&self.gone.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn absorb(&self, plan: &Plan) {
        let mut gone = self.gone.lock().unwrap_or_else(PoisonError::into_inner);
        gone.decisions.extend(&plan.decisions);
        gone.applications.extend(&plan.applications);
        gone.answers.extend(plan.answers.iter().cloned());
        gone.elements.extend(plan.emptied.iter().cloned());
        gone.files.extend(plan.files.iter().map(|file| file.id));
        gone.kept.extend(&plan.kept);
    }

    fn keep(&self, people: impl IntoIterator<Item = Uuid>) {
        self.gone.lock().unwrap_or_else(PoisonError::into_inner).kept.extend(people);
    }
}
