//! The parts of a run, in their order: what is held about people, what was sent, the tasks of rounds, and people themselves.

use super::super::entity::{
    act_answer, application, bulk_alarm, consent_decision, consent_evidence, fact, file, list_export,
    mandate, person, submission, substitute, task, task_change, todo,
};
use super::super::rows::distinct;
use super::super::{Store, StoreError, words};
use super::plan::Plan;
use super::{Desk, about, lives::Lives, sent};
use crate::store::classes::Given;
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use skolstart_shared::id::RoundId;
use std::collections::HashSet;
use uuid::Uuid;

/// People and submissions looked at together, and children whose tasks go together.
const PEOPLE: u64 = 200;
const SENT: u64 = 500;
const CHILDREN: u64 = 500;

/// One part of a run.
#[derive(Clone, Debug)]
pub(super) enum Part {
    /// What is held about these people.
    About(Vec<Uuid>),
    /// These submissions.
    Sent(Vec<Uuid>),
    /// The tasks of these children in a round that is over.
    Tasks(RoundId, Vec<Uuid>),
    /// Lists that were taken out, alarms, and roles that were given by hand.
    Lists,
    /// These people themselves.
    People(Vec<Uuid>),
}

impl Part {
    pub(super) async fn plan<C: ConnectionTrait>(&self, db: &C, desk: &Desk) -> Result<Plan, StoreError> {
        match self {
            Self::About(people) => about::plan(db, desk, people).await,
            Self::Sent(ids) => sent::plan(db, desk, ids).await,
            Self::Tasks(round, children) => tasks(db, desk, *round, children).await,
            Self::Lists => lists(db, desk).await,
            Self::People(people) => gone_people(db, desk, people).await,
        }
    }
}

/// How far a run has come.
pub(super) enum Place {
    /// After the person with this id.
    About(Option<Uuid>),
    /// After the submission with this id.
    Sent(Option<Uuid>),
    /// At the round with this number, after the child with this id.
    Tasks(usize, Option<Uuid>),
    /// After the person with this id.
    People(Option<Uuid>),
    /// Everything was looked at.
    End,
}

impl Place {
    /// The next part from here, and the place after it.
    pub(super) async fn next(self, store: &Store, desk: &Desk) -> Result<(Option<Part>, Self), StoreError> {
        match self {
            Self::About(after) => {
                let page = people_after(store, after).await?;
                Ok(match page.last().copied() {
                    Some(last) => (Some(Part::About(page)), Self::About(Some(last))),
                    None => (None, Self::Sent(None)),
                })
            }
            Self::Sent(after) => sent_after(store, desk, after).await,
            Self::Tasks(number, after) => tasks_after(store, desk, number, after).await,
            Self::People(after) => {
                let page = people_after(store, after).await?;
                Ok(match page.last().copied() {
                    Some(last) => (Some(Part::People(page)), Self::People(Some(last))),
                    None => (None, Self::End),
                })
            }
            Self::End => Ok((None, Self::End)),
        }
    }
}

async fn people_after(store: &Store, after: Option<Uuid>) -> Result<Vec<Uuid>, StoreError> {
    let mut query = person::Entity::find().select_only().column(person::Column::Id);
    if let Some(after) = after {
        query = query.filter(person::Column::Id.gt(after));
    }
    Ok(query.order_by_asc(person::Column::Id).limit(PEOPLE).into_tuple().all(store.db()).await?)
}

async fn sent_after(
    store: &Store,
    desk: &Desk,
    after: Option<Uuid>,
) -> Result<(Option<Part>, Place), StoreError> {
    use submission::Column::{Id, SenderId};
    let mut query = submission::Entity::find().select_only().columns([Id, SenderId]);
    if let Some(after) = after {
        query = query.filter(Id.gt(after));
    }
    let page: Vec<(Uuid, Uuid)> = query.order_by_asc(Id).limit(SENT).into_tuple().all(store.db()).await?;
    let Some((last, _)) = page.last().copied() else { return Ok((None, Place::Tasks(0, None))) };
    let (now, others) = sent::due(store.db(), &page, desk.day).await?;
    desk.keep(others);
    Ok(((!now.is_empty()).then_some(Part::Sent(now)), Place::Sent(Some(last))))
}

async fn tasks_after(
    store: &Store,
    desk: &Desk,
    number: usize,
    after: Option<Uuid>,
) -> Result<(Option<Part>, Place), StoreError> {
    use task::Column::{ChildId, RoundId as Of};
    let Some(round) = desk.published.rounds().get(number).cloned() else {
        return Ok((Some(Part::Lists), Place::People(None)));
    };
    let mut query = task::Entity::find().select_only().column(ChildId).distinct().filter(Of.eq(round.id.0));
    if let Some(after) = after {
        query = query.filter(ChildId.gt(after));
    }
    let page: Vec<Uuid> = query.order_by_asc(ChildId).limit(CHILDREN).into_tuple().all(store.db()).await?;
    Ok(match page.last().copied() {
        Some(last) => (Some(Part::Tasks(round.id, page)), Place::Tasks(number, Some(last))),
        None => (None, Place::Tasks(number + 1, None)),
    })
}

/// Lists, alarms, roles that were given by hand and substitutes, which are about staff: all of them at once, they are few.
async fn lists<C: ConnectionTrait>(db: &C, desk: &Desk) -> Result<Plan, StoreError> {
    let given = |at: i64| Given { on: desk.day_of(at), replaced: None, left: None };
    let over = |at: i64| desk.is_over("lists", given(at));
    let mut plan = Plan::default();
    let rows: Vec<(Uuid, i64)> = list_export::Entity::find()
        .select_only()
        .columns([list_export::Column::Id, list_export::Column::At])
        .into_tuple()
        .all(db)
        .await?;
    plan.lists = rows.into_iter().filter(|(_, at)| over(*at)).map(|(id, _)| id).collect();
    let rows: Vec<(Uuid, i64)> = bulk_alarm::Entity::find()
        .select_only()
        .columns([bulk_alarm::Column::Id, bulk_alarm::Column::At])
        .into_tuple()
        .all(db)
        .await?;
    plan.alarms = rows.into_iter().filter(|(_, at)| over(*at)).map(|(id, _)| id).collect();
    plan.counts.add("lists", (plan.lists.len() + plan.alarms.len()) as u64);
    use mandate::Column::{EndedAt, Id, UntilAt};
    let rows: Vec<(Uuid, i64, Option<i64>)> =
        mandate::Entity::find().select_only().columns([Id, UntilAt, EndedAt]).into_tuple().all(db).await?;
    // One that still holds is not over, however long ago it was given.
    let ended =
        rows.into_iter().filter(|(_, until, ended)| desk.is_over("mandates", given(ended.unwrap_or(*until))));
    plan.mandates = ended.map(|(id, ..)| id).collect();
    let rows: Vec<(Uuid, String)> = substitute::Entity::find()
        .select_only()
        .columns([substitute::Column::Id, substitute::Column::ToDay])
        .into_tuple()
        .all(db)
        .await?;
    let last = |to: &str| words::day(Some(to)).map(|on| Given { on, replaced: None, left: None });
    let ended =
        rows.into_iter().filter(|(_, to)| last(to).is_some_and(|last| desk.is_over("mandates", last)));
    plan.substitutes = ended.map(|(id, _)| id).collect();
    plan.counts.add("mandates", (plan.mandates.len() + plan.substitutes.len()) as u64);
    Ok(plan)
}

/// The tasks of a round: how far each child came. The counts of groups and units stay.
async fn tasks<C: ConnectionTrait>(
    db: &C,
    desk: &Desk,
    round: RoundId,
    children: &[Uuid],
) -> Result<Plan, StoreError> {
    let mut plan = Plan::default();
    let given = Given { on: desk.closes(round.0), replaced: None, left: None };
    let over = desk.is_over("round", given);
    let held = |child: &Uuid| desk.holds.round(round.0) || desk.holds.person(*child);
    let (gone, stays): (Vec<Uuid>, Vec<Uuid>) = children.iter().partition(|child| over && !held(child));
    if over {
        plan.held.add("round", stays.len() as u64);
    }
    plan.kept.extend(stays);
    let rows: Vec<Uuid> = task::Entity::find()
        .select_only()
        .column(task::Column::ChildId)
        .filter(task::Column::RoundId.eq(round.0))
        .filter(task::Column::ChildId.is_in(gone.iter().copied()))
        .into_tuple()
        .all(db)
        .await?;
    plan.counts.add("round", rows.len() as u64);
    plan.tasks = (!rows.is_empty()).then_some((round, gone));
    Ok(plan)
}

/// Those who left so long ago that they go, when nothing else about them stays. Who works here, or has, is in the register
/// of staff.
async fn gone_people<C: ConnectionTrait>(db: &C, desk: &Desk, people: &[Uuid]) -> Result<Plan, StoreError> {
    let mut plan = Plan::default();
    let lives = Lives::of(db, &desk.clock, people, desk.day).await?;
    let is_over = |who: &Uuid| {
        let left = lives.left(*who);
        let given = left.map(|on| Given { on, replaced: None, left });
        !lives.has_worked(*who) && given.is_some_and(|given| desk.is_over("pupil-register", given))
    };
    let over: Vec<Uuid> = people.iter().copied().filter(is_over).collect();
    let (held, over): (Vec<Uuid>, Vec<Uuid>) = over.into_iter().partition(|who| desk.holds.person(*who));
    plan.held.add("pupil-register", held.len() as u64);
    let over: Vec<Uuid> =
        over.into_iter().filter(|who| !desk.has_gone(|gone| gone.kept.contains(who))).collect();
    plan.people = without_files(db, desk, over).await?;
    plan.counts.add("pupil-register", plan.people.len() as u64);
    Ok(plan)
}

/// Those of these people who have sent no file that stays, and whom none is about.
async fn without_files<C: ConnectionTrait>(
    db: &C,
    desk: &Desk,
    mut people: Vec<Uuid>,
) -> Result<Vec<Uuid>, StoreError> {
    use file::Column::{ChildId, UploaderId};
    let about = Condition::any()
        .add(ChildId.is_in(people.iter().copied()))
        .add(UploaderId.is_in(people.iter().copied()));
    let rows = file::Entity::find().filter(about).all(db).await?;
    for row in rows.iter().filter(|row| !desk.has_gone(|gone| gone.files.contains(&row.id))) {
        people.retain(|who| Some(*who) != row.child_id && *who != row.uploader_id);
    }
    Ok(people)
}

/// Those of these people about whom a row is left: the last look before a person goes.
pub(super) async fn still_named<C: ConnectionTrait>(
    db: &C,
    people: &[Uuid],
) -> Result<HashSet<Uuid>, StoreError> {
    let mut named = HashSet::new();
    named.extend(among::<fact::Entity, C>(db, fact::Column::SubjectId, people).await?);
    named.extend(among::<fact::Entity, C>(db, fact::Column::ById, people).await?);
    named.extend(among::<submission::Entity, C>(db, submission::Column::SenderId, people).await?);
    for column in [consent_decision::Column::ChildId, consent_decision::Column::ById] {
        named.extend(among::<consent_decision::Entity, C>(db, column, people).await?);
    }
    for column in [consent_evidence::Column::ChildId, consent_evidence::Column::ById] {
        named.extend(among::<consent_evidence::Entity, C>(db, column, people).await?);
    }
    for column in [act_answer::Column::SubjectId, act_answer::Column::SignerId] {
        named.extend(among::<act_answer::Entity, C>(db, column, people).await?);
    }
    for column in [file::Column::ChildId, file::Column::UploaderId] {
        named.extend(among::<file::Entity, C>(db, column, people).await?);
    }
    for column in [todo::Column::ChildId, todo::Column::SubjectId] {
        named.extend(among::<todo::Entity, C>(db, column, people).await?);
    }
    named.extend(among::<application::Entity, C>(db, application::Column::ChildId, people).await?);
    named.extend(among::<task_change::Entity, C>(db, task_change::Column::ChildId, people).await?);
    named.extend(among::<task::Entity, C>(db, task::Column::ChildId, people).await?);
    Ok(named)
}

async fn among<E: EntityTrait, C: ConnectionTrait>(
    db: &C,
    column: E::Column,
    people: &[Uuid],
) -> Result<Vec<Uuid>, StoreError> {
    let query = E::find().select_only().column(column).distinct();
    let found: Vec<Uuid> =
        query.filter(column.is_in(distinct(people.iter().copied()))).into_tuple().all(db).await?;
    Ok(found)
}
