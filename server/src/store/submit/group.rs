use super::load::{Decided, Earlier, Known, applied, touched};
use super::plan::{PlannedAct, PlannedDecision, SealedPlan, SubmitPlan, Submitted, Tally};
use crate::store::StoreError;
use crate::store::answers::{AboutChild, ActOf};
use crate::store::applications::{Answer, Opened, applies};
use crate::store::entity::task;
use crate::store::figures::{Day, Figures};
use skolstart_shared::Date;
use skolstart_shared::fact::Subject;
use skolstart_shared::form::Act;
use skolstart_shared::id::PersonId;
use skolstart_shared::receipt::{Receipt, ReceiptAct, receipt_number};
use skolstart_shared::round::{Outcome, SignerAnswer, TaskStatus, status};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// The plans of one group, taken one after the other against what is known.
pub(super) struct Group<'a> {
    pub(super) known: Known,
    pub(super) today: Date,
    /// The plans to be written, each with its receipt.
    pub(super) accepted: Vec<(&'a SealedPlan, String)>,
    /// The tasks of a child in a round as they stood before the group.
    before: BTreeMap<(Uuid, Uuid), Vec<task::Model>>,
    pub(super) figures: Figures,
    pub(super) opened: Opened,
}

impl<'a> Group<'a> {
    pub(super) fn new(known: Known, today: Date) -> Self {
        let (figures, opened) = (Figures::default(), Opened::default());
        Self { known, today, accepted: Vec::new(), before: BTreeMap::new(), figures, opened }
    }

    /// Decides about one plan.
    pub(super) fn take(&mut self, sealed: &'a SealedPlan) -> Result<Submitted, StoreError> {
        let plan = &sealed.plan;
        if let Some(earlier) = self.known.earlier.get(&plan.id.0) {
            return Ok(earlier.again(sealed));
        }
        let version = |subject: PersonId| self.known.versions.get(&subject.0).copied().unwrap_or(0);
        if plan.snapshots.iter().any(|planned| version(planned.subject) != planned.expected) {
            return Ok(Submitted::Moved);
        }
        // She has decided at another device meanwhile: whether this still is what she says is looked at anew.
        if plan.decisions.iter().any(|planned| self.decided(plan, planned) != planned.after) {
            return Ok(Submitted::Moved);
        }
        // Waited too long, and forgotten since it was looked at.
        if plan.files.iter().any(|file| !self.known.files.contains(&file.id.0)) {
            return Ok(Submitted::Moved);
        }
        for planned in &plan.snapshots {
            self.known.versions.insert(planned.subject.0, planned.snapshot.version);
        }
        for planned in &plan.decisions {
            // What it will be called is known when it is written: whoever builds on it looks again.
            self.known.decided.insert(key(plan, planned), i64::MAX);
        }
        let mut acts = Vec::with_capacity(plan.acts.len());
        for (act, ids) in plan.acts.iter().zip(&sealed.ids) {
            self.apply(plan, act, *ids);
            acts.push(self.answer(plan, act));
        }
        self.count(sealed);
        let receipt =
            serde_json::to_string(&receipt(plan, acts)).map_err(|_| StoreError::Corrupt("submission"))?;
        let earlier = Earlier { sender: plan.sender.0, hash: plan.hash.0.clone(), receipt: receipt.clone() };
        self.known.earlier.insert(plan.id.0, earlier);
        self.accepted.push((sealed, receipt.clone()));
        Ok(Submitted::Receipt(receipt))
    }

    fn decided(&self, plan: &SubmitPlan, planned: &PlannedDecision) -> i64 {
        self.known.decided.get(&key(plan, planned)).copied().unwrap_or(0)
    }

    /// An answer that is an application opens one, adds to the open one, or replaces it: whoever says something else when
    /// everybody has signed applies anew.
    fn apply(&mut self, plan: &SubmitPlan, act: &PlannedAct, ids: [Uuid; 3]) {
        let Some((to, asked, child)) =
            applied(act).and_then(|to| Some((to, act.definition.act(&act.act)?, act.child?)))
        else {
            return;
        };
        let about = AboutChild {
            answers: &self.known.answers,
            round: plan.round,
            form: &act.definition,
            kept: false,
            family: self.known.guardians.family(child),
            applies: &|_| true,
            exempt: &|_| false,
        };
        let case = about.case(asked);
        let is_whole = status(&case.evidence()) == TaskStatus::Complete;
        let says_otherwise =
            |before: &SignerAnswer| before.signer == plan.sender && before.digest != act.digest;
        let replaces = is_whole && case.answers().iter().any(says_otherwise);
        let answer = Answer {
            to,
            round: plan.round.0,
            form_version: i32::try_from(act.form.version).unwrap_or(i32::MAX),
            by: plan.sender.0,
            at: plan.received.as_millis(),
            submission: plan.id.0,
            ids,
            replaces,
        };
        if applies(&mut self.known.applications, &mut self.opened, &answer) {
            let of = ActOf { round: plan.round.0, form: act.form.key.0.clone(), act: act.act.0.clone() };
            self.known.answers.only(child, &of, plan.sender);
        }
    }

    /// Takes in one answer and derives what follows for each child it counts for.
    fn answer(&mut self, plan: &SubmitPlan, act: &PlannedAct) -> ReceiptAct {
        let of = ActOf { round: plan.round.0, form: act.form.key.0.clone(), act: act.act.0.clone() };
        let subject = act.child.unwrap_or(plan.sender);
        // A change that everybody must answer to stands until they have, whatever its author says after it.
        let before = self.known.answers.renewed(subject, &of, plan.sender);
        let renewed = act.renewed.then_some(plan.received).or(before);
        let answer = SignerAnswer {
            digest: act.digest,
            renewed,
            calls: act.calls.clone(),
            ..SignerAnswer::new(plan.sender, act.outcome, plan.received)
        };
        self.known.answers.take(subject, of, answer, plan.id);
        let mut mine = (TaskStatus::Complete, 0);
        let children: &[PersonId] = act.child.as_ref().map_or(&plan.children, std::slice::from_ref);
        for child in children {
            let derived = self.derive(plan, act, *child);
            if act.definition.act(&act.act).is_some_and(|asked| asked.subject == Subject::Child) {
                mine = derived;
            }
        }
        if act.told_alone {
            let refused = act.outcome == Outcome::Refused;
            mine = (if refused { TaskStatus::Declined } else { TaskStatus::Complete }, 0);
        }
        ReceiptAct {
            form: act.form.clone(),
            act: act.act.clone(),
            child: act.child,
            status: mine.0,
            others_left: mine.1,
        }
    }

    /// Derives the act for a child anew, and those that wait for another act of the form. Gives the status of the act itself
    /// and how many still have to answer.
    fn derive(&mut self, plan: &SubmitPlan, planned: &PlannedAct, child: PersonId) -> (TaskStatus, u8) {
        let key = (child.0, plan.round.0);
        let tasks = self.known.tasks.get(&key).map_or(&[][..], Vec::as_slice);
        let form = &planned.definition;
        let task_of =
            |act: &Act| tasks.iter().find(|task| task.form_key == form.key.0 && task.act_key == act.key.0);
        let about = AboutChild {
            answers: &self.known.answers,
            round: plan.round,
            form,
            kept: planned.kept,
            family: self.known.guardians.family(child),
            applies: &|act| task_of(act).is_some(),
            // Nobody had answered when this was derived, and exempting derives anew.
            exempt: &|act| task_of(act).is_some_and(|task| task.status == TaskStatus::Exempt.as_str()),
        };
        let mut own = (TaskStatus::Complete, 0);
        let mut changed = Vec::new();
        for act in form.acts.iter().filter(|act| act.key == planned.act || act.after.is_some()) {
            let case = about.case(act);
            let status = status(&case.evidence());
            if act.key == planned.act {
                own = (status, u8::try_from(case.evidence().missing().len()).unwrap_or(u8::MAX));
            }
            let at = case.answers().iter().map(|answer| answer.at.as_millis()).max();
            changed.push((act.key.0.clone(), status.as_str(), at));
        }
        let Some(tasks) = self.known.tasks.get_mut(&key) else { return own };
        self.before.entry(key).or_insert_with(|| tasks.clone());
        for (act, status, at) in changed {
            for task in tasks.iter_mut().filter(|task| task.form_key == form.key.0 && task.act_key == act) {
                task.status = status.to_owned();
                task.answered_at = at;
            }
        }
        own
    }

    /// A submission counts once, at the unit of its first child that may be counted; values count where their child is.
    fn count(&mut self, sealed: &SealedPlan) {
        let plan = &sealed.plan;
        if !plan.is_family() {
            return;
        }
        let unit_of = |child: PersonId| {
            let tasks = self.known.tasks.get(&(child.0, plan.round.0))?;
            tasks.first().filter(|task| !task.hidden).map(|task| task.unit_id)
        };
        let Some(first) = touched(sealed).find_map(unit_of) else { return };
        let mut units: BTreeMap<Uuid, Tally> = BTreeMap::from([(first, Tally::default())]);
        for act in &plan.acts {
            let unit = act.child.map_or(Some(first), unit_of);
            if let Some(unit) = unit {
                *units.entry(unit).or_default() += act.tally;
            }
        }
        let day = self.today.to_string();
        for (unit, tally) in units {
            let more = Day {
                submissions: i64::from(unit == first),
                confirmed: tally.confirmed.into(),
                changed: tally.changed.into(),
                new: tally.new.into(),
            };
            self.figures.receive(unit, plan.round.0, &day, more);
        }
    }

    /// The tasks that the group has changed; their counters are taken in.
    pub(super) fn changed_tasks(&mut self) -> Vec<task::Model> {
        let mut changed = Vec::new();
        for (key, before) in std::mem::take(&mut self.before) {
            let Some(after) = self.known.tasks.get(&key) else { continue };
            self.figures.change(&before, after);
            changed.extend(
                after.iter().zip(&before).filter(|(now, then)| now != then).map(|(now, _)| now.clone()),
            );
        }
        changed
    }

    /// Everybody whom the accepted plans are about, each with the plan, for the audit trail.
    pub(super) fn subjects(&self) -> impl Iterator<Item = (&'a SubmitPlan, Option<PersonId>)> + use<'a, '_> {
        self.accepted.iter().flat_map(|(sealed, _)| {
            let plan = &sealed.plan;
            let subjects: BTreeSet<Option<PersonId>> = plan.acts.iter().map(|act| act.child).collect();
            subjects.into_iter().map(move |subject| (plan, subject))
        })
    }
}

fn key(plan: &SubmitPlan, planned: &PlannedDecision) -> Decided {
    (plan.sender.0, planned.child.0, planned.purpose.clone())
}

fn receipt(plan: &SubmitPlan, acts: Vec<ReceiptAct>) -> Receipt {
    let mut tally = Tally::default();
    plan.acts.iter().for_each(|act| tally += act.tally);
    Receipt {
        number: receipt_number(plan.id),
        submission: plan.id,
        received: plan.received,
        hash: plan.hash.clone(),
        acts,
        confirmed: tally.confirmed,
        changed: tally.changed,
        new: tally.new,
    }
}
