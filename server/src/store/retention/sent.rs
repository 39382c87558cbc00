//! What is over of what was sent: act by act. When nothing of a submission is left, it goes with its receipt.

use super::super::StoreError;
use super::super::entity::{
    act_answer, application, application_event, consent_decision, fact, file, retention_look, submission,
};
use super::super::rows::distinct;
use super::plan::{AnswerOf, Plan};
use super::{Desk, lives::Lives};
use crate::store::classes::Given;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};
use skolstart_shared::Date;
use skolstart_shared::submission::{ActAnswer, SubmissionContent};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// A submission is looked at again at the latest after so many days: when a child leaves is not known before.
const AGAIN: i32 = 7;

/// What still rests on the submissions of a part.
struct Rests {
    lives: Lives,
    /// The latest answers: which submission holds it, and since when.
    answers: HashMap<AnswerOf, (Uuid, i64)>,
    /// Decisions by submission, child, form and act.
    decisions: HashSet<(Uuid, Uuid, String, String)>,
    /// The same of what was applied for.
    applied: HashSet<(Uuid, Uuid, String, String)>,
    files: HashMap<Uuid, Vec<file::Model>>,
    /// Elements of which something stays.
    known: HashSet<(Uuid, String)>,
}

/// What is over of these submissions.
pub(super) async fn plan<C: ConnectionTrait>(db: &C, desk: &Desk, ids: &[Uuid]) -> Result<Plan, StoreError> {
    let rows =
        submission::Entity::find().filter(submission::Column::Id.is_in(ids.iter().copied())).all(db).await?;
    let mut opened = Vec::with_capacity(rows.len());
    for row in rows {
        let content = crate::store::sent::open(&desk.sealer, &row)?;
        opened.push((row, content));
    }
    let rests = Rests::load(db, desk, &opened).await?;
    let mut plan = Plan::default();
    for (row, content) in opened {
        thin(desk, &rests, &row, content, &mut plan);
    }
    Ok(plan)
}

/// Those of a page of submissions that are to be looked at on this day, and the senders of the others.
pub(super) async fn due<C: ConnectionTrait>(
    db: &C,
    page: &[(Uuid, Uuid)],
    day: Date,
) -> Result<(Vec<Uuid>, Vec<Uuid>), StoreError> {
    use retention_look::Column::{Day, ObjectId};
    let later: Vec<Uuid> = retention_look::Entity::find()
        .select_only()
        .column(ObjectId)
        .filter(ObjectId.is_in(page.iter().map(|(id, _)| *id)))
        .filter(Day.gt(day.to_string()))
        .into_tuple()
        .all(db)
        .await?;
    let later: HashSet<Uuid> = later.into_iter().collect();
    let (now, then): (Vec<_>, Vec<_>) = page.iter().copied().partition(|(id, _)| !later.contains(id));
    Ok((now.into_iter().map(|(id, _)| id).collect(), then.into_iter().map(|(_, sender)| sender).collect()))
}

fn thin(desk: &Desk, rests: &Rests, row: &submission::Model, content: SubmissionContent, plan: &mut Plan) {
    let held = desk.holds.round(row.round_id);
    let all = content.acts.len();
    let (mut left, mut again) = (Vec::new(), desk.day.add_days(AGAIN));
    for act in content.acts {
        let subject = act.child.map_or(row.sender_id, |child| child.0);
        let version = i32::try_from(act.form.version).ok();
        let class = desk.class_of_act(&act.form.key.0, version, &act.act.0);
        let due = rests.due(desk, row, subject, &class, &act);
        let rested = rests.on(row, subject, &act);
        let is_held = held || desk.holds.person(subject) || desk.holds.person(row.sender_id);
        let over = due.is_some_and(|due| due <= desk.day) && !rested;
        if over && !is_held {
            plan.counts.add(&class, 1);
            rests.let_go(desk, row, subject, &class, &act, plan);
            continue;
        }
        plan.held.add(&class, u64::from(over));
        again = due.map_or(again, |due| again.min(due));
        plan.kept.extend([subject, row.sender_id]);
        left.push(act);
    }
    if left.is_empty() {
        plan.sent.push((row.id, None));
        return;
    }
    plan.looks.push((row.id, again.max(desk.day.add_days(1))));
    if left.len() < all {
        plan.sent.push((row.id, Some(SubmissionContent { acts: left, ..content })));
    }
}

impl Rests {
    async fn load<C: ConnectionTrait>(
        db: &C,
        desk: &Desk,
        opened: &[(submission::Model, SubmissionContent)],
    ) -> Result<Self, StoreError> {
        let ids = || distinct(opened.iter().map(|(row, _)| row.id));
        let subjects = distinct(opened.iter().flat_map(|(row, content)| {
            content.acts.iter().map(|act| act.child.map_or(row.sender_id, |child| child.0))
        }));
        let answers = act_answer::Entity::find()
            .filter(act_answer::Column::SubjectId.is_in(subjects.iter().copied()))
            .all(db)
            .await?
            .into_iter()
            .map(|row| {
                let key = (row.subject_id, row.round_id, row.form_key, row.act_key, row.signer_id);
                (key, (row.submission_id, row.at))
            });
        let decisions = consent_decision::Entity::find()
            .filter(consent_decision::Column::SubmissionId.is_in(ids()))
            .all(db)
            .await?
            .into_iter()
            .filter(|row| !desk.has_gone(|gone| gone.decisions.contains(&row.seq)))
            .map(|row| (row.submission_id, row.child_id, row.form_key, row.act_key));
        let applied = applied(db, desk, ids()).await?;
        let mut files: HashMap<Uuid, Vec<file::Model>> = HashMap::new();
        for row in file::Entity::find().filter(file::Column::SubmissionId.is_in(ids())).all(db).await? {
            files.entry(row.submission_id.unwrap_or_default()).or_default().push(row);
        }
        let known: Vec<(Uuid, String)> = fact::Entity::find()
            .select_only()
            .columns([fact::Column::SubjectId, fact::Column::Element])
            .distinct()
            .filter(fact::Column::SubjectId.is_in(subjects.iter().copied()))
            .into_tuple()
            .all(db)
            .await?;
        let known = known.into_iter().filter(|key| !desk.has_gone(|gone| gone.elements.contains(key)));
        Ok(Self {
            lives: Lives::of(db, &desk.clock, &subjects, desk.day).await?,
            answers: answers.filter(|(key, _)| !desk.has_gone(|gone| gone.answers.contains(key))).collect(),
            decisions: decisions.collect(),
            applied,
            files,
            known: known.collect(),
        })
    }

    /// True when something else that stays rests on an act of a submission: a decision, an application, or how a task stands.
    fn on(&self, row: &submission::Model, subject: Uuid, act: &ActAnswer) -> bool {
        let (form, key) = (act.form.key.0.clone(), act.act.0.clone());
        let part = (row.id, subject, form.clone(), key.clone());
        let newest = self.answers.get(&(subject, row.round_id, form, key, row.sender_id));
        self.applied.contains(&part)
            || self.decisions.contains(&part)
            || newest.is_some_and(|(id, _)| *id == row.id)
    }

    /// When an act of a submission goes, as far as can be said today.
    fn due(
        &self,
        desk: &Desk,
        row: &submission::Model,
        subject: Uuid,
        class: &str,
        act: &ActAnswer,
    ) -> Option<Date> {
        let answer = (subject, row.round_id, act.form.key.0.clone(), act.act.0.clone(), row.sender_id);
        let newer = self.answers.get(&answer).filter(|(id, _)| *id != row.id);
        let replaced = newer.map(|(_, at)| desk.day_of(*at));
        let given = Given { on: desk.day_of(row.received_at), replaced, left: self.lives.left(subject) };
        desk.due(class, given)
    }

    /// The files of an act that goes: those that belong to an element stay as long as something of it does.
    fn let_go(
        &self,
        desk: &Desk,
        row: &submission::Model,
        subject: Uuid,
        class: &str,
        act: &ActAnswer,
        plan: &mut Plan,
    ) {
        let of_act = |file: &&file::Model| {
            file.form_key.as_deref() == Some(act.form.key.0.as_str())
                && file.act_key.as_deref() == Some(act.act.0.as_str())
                && file.child_id == act.child.map(|child| child.0)
        };
        for file in self.files.get(&row.id).into_iter().flatten().filter(of_act) {
            let stays =
                file.element.as_ref().is_some_and(|element| self.known.contains(&(subject, element.clone())));
            if stays {
                plan.loose.push(file.id);
                plan.kept.extend([subject, file.uploader_id]);
            } else {
                let class =
                    file.element.as_ref().map_or(class.to_owned(), |element| desk.class_of_element(element));
                plan.counts.add(&class, 1);
                plan.files.push(file.clone());
            }
        }
    }
}

/// What was applied for in these submissions, as far as the application stays.
async fn applied<C: ConnectionTrait>(
    db: &C,
    desk: &Desk,
    ids: Vec<Uuid>,
) -> Result<HashSet<(Uuid, Uuid, String, String)>, StoreError> {
    let events = application_event::Entity::find()
        .filter(application_event::Column::SubmissionId.is_in(ids))
        .all(db)
        .await?;
    let named = distinct(events.iter().map(|event| event.application_id));
    let query = application::Entity::find().filter(application::Column::Id.is_in(named));
    let known: HashMap<Uuid, application::Model> =
        query.all(db).await?.into_iter().map(|row| (row.id, row)).collect();
    let part = |event: &application_event::Model| {
        let row = known.get(&event.application_id)?;
        let stays = !desk.has_gone(|gone| gone.applications.contains(&row.id));
        stays
            .then(|| Some((event.submission_id?, row.child_id, row.form_key.clone(), row.act_key.clone())))?
    };
    Ok(events.iter().filter_map(part).collect())
}
