//! What is over of what is held about some people: facts, decisions, applications, tasks, answers, former records.

use super::super::StoreError;
use super::super::entity::{
    act_answer, application, consent_decision, consent_evidence, fact, file, register_history, task_change,
    todo,
};
use super::super::rows::distinct;
use super::Desk;
use super::lives::Lives;
use super::plan::Plan;
use crate::store::classes::Given;
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use skolstart_shared::Date;
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// The people that one part is about, and when they left.
struct Part<'a> {
    desk: &'a Desk,
    people: &'a [Uuid],
    lives: Lives,
    plan: Plan,
}

/// What is over of these people.
pub(super) async fn plan<C: ConnectionTrait>(
    db: &C,
    desk: &Desk,
    people: &[Uuid],
) -> Result<Plan, StoreError> {
    let lives = Lives::of(db, &desk.clock, people, desk.day).await?;
    let mut part = Part { desk, people, lives, plan: Plan::default() };
    part.facts(db).await?;
    let decided = part.decisions(db).await?;
    let applied = part.applications(db).await?;
    part.answers(db, &decided, &applied).await?;
    part.todos(db).await?;
    part.changes(db).await?;
    part.histories(db).await?;
    Ok(part.plan)
}

/// The acts with decisions that stay: child, form, act and who decided.
type Decided = HashSet<(Uuid, String, String, Uuid)>;

impl Part<'_> {
    fn mine(&self) -> impl Iterator<Item = Uuid> + use<'_> {
        self.people.iter().copied()
    }

    /// True when something of this class is to go now. What is held, or is not over, keeps those whom it names.
    fn goes(&mut self, class: &str, given: Given, held: bool, who: &[Option<Uuid>]) -> bool {
        let over = self.desk.is_over(class, given);
        if over && !held {
            self.plan.counts.add(class, 1);
            return true;
        }
        if over {
            self.plan.held.add(class, 1);
        }
        self.plan.kept.extend(who.iter().flatten());
        false
    }

    fn given(&self, who: Uuid, on: Date, replaced: Option<Date>) -> Given {
        Given { on, replaced, left: self.lives.left(who) }
    }

    async fn facts<C: ConnectionTrait>(&mut self, db: &C) -> Result<(), StoreError> {
        use fact::Column::{At, ById, Element, Id, Source, SubjectId, SubmissionId};
        type Row = (Uuid, Uuid, String, String, Option<Uuid>, i64, Option<Uuid>);
        let rows: Vec<Row> = fact::Entity::find()
            .select_only()
            .columns([Id, SubjectId, Element, Source, ById, At, SubmissionId])
            .filter(SubjectId.is_in(self.mine()))
            .order_by_desc(At)
            .order_by_desc(Id)
            .into_tuple()
            .all(db)
            .await?;
        let mut newer: HashMap<(Uuid, String, String, Option<Uuid>), Date> = HashMap::new();
        let (mut touched, mut left) = (HashSet::new(), HashSet::new());
        for (id, subject, element, source, by, at, sent) in rows {
            let on = self.desk.day_of(at);
            let replaced = newer.insert((subject, element.clone(), source.clone(), by), on);
            let class = self.desk.class_of_element(&element);
            let held = self.desk.holds.person(subject) || self.desk.holds.sent(sent);
            let given = self.given(subject, on, replaced);
            if self.goes(&class, given, held, &[Some(subject), by]) {
                self.plan.facts.push(id);
                if replaced.is_none() {
                    self.plan.entries.entry(subject).or_default().push((element.clone(), source, by));
                }
                touched.insert((subject, element));
            } else {
                left.insert((subject, element));
            }
        }
        self.plan.emptied = touched.difference(&left).cloned().collect();
        self.files(db).await
    }

    /// Files that belonged to an element of which nothing is left, and whose answer has gone before.
    async fn files<C: ConnectionTrait>(&mut self, db: &C) -> Result<(), StoreError> {
        use file::Column::{ActKey, ChildId, Element, SubmissionId, UploaderId};
        for (subject, element) in self.plan.emptied.clone() {
            let of = Condition::any()
                .add(ChildId.eq(subject))
                .add(Condition::all().add(ChildId.is_null()).add(UploaderId.eq(subject)));
            let rows = file::Entity::find()
                .filter(of)
                .filter(Element.eq(element.as_str()))
                .filter(ActKey.is_null())
                .filter(SubmissionId.is_not_null())
                .all(db)
                .await?;
            let class = self.desk.class_of_element(&element);
            self.plan.counts.add(&class, rows.len() as u64);
            self.plan.files.extend(rows);
        }
        Ok(())
    }

    async fn decisions<C: ConnectionTrait>(&mut self, db: &C) -> Result<Decided, StoreError> {
        use consent_decision::Column::{ChildId, Seq};
        let query = consent_decision::Entity::find().filter(ChildId.is_in(self.mine())).order_by_desc(Seq);
        let mut newer: HashMap<(Uuid, String, String, String, Uuid), Date> = HashMap::new();
        let (mut stay, mut evidence) = (Decided::new(), HashSet::new());
        for row in query.all(db).await? {
            let on = self.desk.day_of(row.at);
            let purpose = (row.child_id, row.form_key.clone(), row.act_key.clone());
            let replaced = newer.insert(
                (purpose.0, purpose.1.clone(), purpose.2.clone(), row.field_key.clone(), row.by_id),
                on,
            );
            let class = self.desk.class_of_act(&row.form_key, Some(row.form_version), &row.act_key);
            let held = self.desk.holds.person(row.child_id) || self.desk.holds.sent(Some(row.submission_id));
            let given = self.given(row.child_id, on, replaced);
            if self.goes(&class, given, held, &[Some(row.child_id), Some(row.by_id), row.recorded_by]) {
                self.plan.decisions.push(row.seq);
            } else {
                evidence.insert(row.submission_id);
                stay.insert((purpose.0, purpose.1, purpose.2, row.by_id));
            }
        }
        let papers =
            consent_evidence::Entity::find().filter(consent_evidence::Column::ChildId.is_in(self.mine()));
        for row in papers.all(db).await? {
            let on = self.desk.day_of(row.at);
            // Evidence is kept as long as what it shows, and then goes with it.
            let shows = evidence.contains(&row.id);
            let held = shows || self.desk.holds.person(row.child_id);
            let given = self.given(row.child_id, on, Some(on).filter(|_| !shows));
            if self.goes("picture-consent", given, held, &[Some(row.child_id), Some(row.by_id)]) {
                self.plan.evidence.push(row.id);
            }
        }
        Ok(stay)
    }

    async fn applications<C: ConnectionTrait>(
        &mut self,
        db: &C,
    ) -> Result<HashSet<(Uuid, String, String)>, StoreError> {
        let query = application::Entity::find().filter(application::Column::ChildId.is_in(self.mine()));
        let mut stay = HashSet::new();
        for row in query.all(db).await? {
            let class = self.desk.class_of_act(&row.form_key, Some(row.form_version), &row.act_key);
            let left = self.lives.left(row.child_id);
            // One that nobody has decided waits, and is over with the child's time here.
            let ended = row.closed_at.map(|at| self.desk.day_of(at)).or(left);
            let held = self.desk.holds.person(row.child_id) || self.desk.holds.round(row.round_id);
            let given = ended.map(|on| Given { on, replaced: None, left });
            let goes = match given {
                Some(given) => self.goes(&class, given, held, &[Some(row.child_id)]),
                None => {
                    self.plan.kept.insert(row.child_id);
                    false
                }
            };
            if goes {
                self.plan.applications.push(row.id);
            } else {
                stay.insert((row.child_id, row.form_key, row.act_key));
            }
        }
        Ok(stay)
    }

    /// The latest answers, which say how a task stands. What they rest on is counted where it is.
    async fn answers<C: ConnectionTrait>(
        &mut self,
        db: &C,
        decided: &Decided,
        applied: &HashSet<(Uuid, String, String)>,
    ) -> Result<(), StoreError> {
        let query = act_answer::Entity::find().filter(act_answer::Column::SubjectId.is_in(self.mine()));
        for row in query.all(db).await? {
            let class = self.desk.class_of_act(&row.form_key, None, &row.act_key);
            let act = (row.subject_id, row.form_key.clone(), row.act_key.clone());
            let rests = applied.contains(&act) || decided.contains(&(act.0, act.1, act.2, row.signer_id));
            let held = self.desk.holds.person(row.subject_id) || self.desk.holds.round(row.round_id);
            let given = self.given(row.subject_id, self.desk.day_of(row.at), None);
            if !rests && !held && self.desk.is_over(&class, given) {
                self.plan.answers.push((
                    row.subject_id,
                    row.round_id,
                    row.form_key,
                    row.act_key,
                    row.signer_id,
                ));
            } else {
                self.plan.kept.extend([row.subject_id, row.signer_id]);
            }
        }
        Ok(())
    }

    async fn todos<C: ConnectionTrait>(&mut self, db: &C) -> Result<(), StoreError> {
        let query = todo::Entity::find().filter(todo::Column::ChildId.is_in(self.mine()));
        for row in query.all(db).await? {
            let done = row.done_at.map(|at| self.desk.day_of(at));
            let held = self.desk.holds.person(row.child_id);
            let who = [Some(row.child_id), Some(row.subject_id)];
            // What nobody has done waits, and is over with the child's time here.
            let goes = match done.or(self.lives.left(row.child_id)) {
                Some(on) => self.goes("todo", self.given(row.child_id, on, None), held, &who),
                None => {
                    self.plan.kept.extend(who.iter().flatten());
                    false
                }
            };
            if goes {
                self.plan.todos.push(row.id);
            }
        }
        Ok(())
    }

    async fn changes<C: ConnectionTrait>(&mut self, db: &C) -> Result<(), StoreError> {
        let query = task_change::Entity::find().filter(task_change::Column::ChildId.is_in(self.mine()));
        for row in query.all(db).await? {
            let closes = self.desk.closes(row.round_id);
            let left = self.lives.left(row.child_id);
            // An exemption is remembered with the child.
            let end =
                if row.kind.ends_with("exempt") { left.map(|left| left.max(closes)) } else { Some(closes) };
            let held = self.desk.holds.person(row.child_id) || self.desk.holds.round(row.round_id);
            let goes = match end {
                Some(on) => {
                    self.goes("round", self.given(row.child_id, on, None), held, &[Some(row.child_id)])
                }
                None => {
                    self.plan.kept.insert(row.child_id);
                    false
                }
            };
            if goes {
                self.plan.changes.push(row.id);
            }
        }
        Ok(())
    }

    /// How the register was before. Such a row keeps nobody: it goes with the person too.
    async fn histories<C: ConnectionTrait>(&mut self, db: &C) -> Result<(), StoreError> {
        use register_history::Column::{At, Id, ObjectId};
        let rows: Vec<(Uuid, Uuid, i64)> = register_history::Entity::find()
            .select_only()
            .columns([Id, ObjectId, At])
            .filter(ObjectId.is_in(distinct(self.mine())))
            .into_tuple()
            .all(db)
            .await?;
        for (id, object, at) in rows {
            let given = self.given(object, self.desk.day_of(at), None);
            let held = self.desk.holds.person(object);
            if self.goes("register-history", given, held, &[]) {
                self.plan.histories.push(id);
            }
        }
        Ok(())
    }
}
