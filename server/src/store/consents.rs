//! Answers about consents that staff took down for somebody else: the evidence, the decisions, and that the person was told.
//!
//! Owns the table of evidence. Called by `usecase::consents`. Must not decide what may be taken down, except what only the
//! transaction can know: whether the person has said something newer.

use super::answers::outcome_word;
use super::decisions::decision;
use super::entity::{act_answer, consent_decision, consent_evidence};
use super::refresh::Part;
use super::rows::{self, MOST_IDS};
use super::todos::{Opening, open as open_todos};
use super::{AuditEntry, ChildRecord, PlannedTodo, Sealer, Store, StoreError};
use crate::clock::Clock;
use crate::policy::{Grant, RecordConsent, Submit};
use crate::store::Transaction;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, NotSet, QueryFilter, QueryOrder, Set};
use skolstart_shared::api::{AnswerWay, ConsentAnswerIn, SaidConsent};
use skolstart_shared::consent::{ConsentChoice, ConsentDecision, ConsentPurpose, Identified};
use skolstart_shared::form::FieldKey;
use skolstart_shared::id::{ChangeId, PersonId, RoundId};
use skolstart_shared::round::Outcome;
use skolstart_shared::submission::ContentHash;
use skolstart_shared::{Date, Timestamp};
use std::borrow::Borrow;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use uuid::Uuid;

/// An answer as it was taken down.
#[derive(Clone, Debug)]
pub struct TakenDown {
    /// Its id.
    pub id: ChangeId,
    /// The child.
    pub child: PersonId,
    /// What was taken down.
    pub answer: ConsentAnswerIn,
    /// Who took it down.
    pub recorded_by: PersonId,
    /// When.
    pub at: Timestamp,
}

/// An answer that has been checked and only waits to be written.
pub struct TakingDown {
    /// See [`TakenDown`].
    pub line: TakenDown,
    /// The round, where one asks for the act or it stands beside rounds.
    pub round: Option<RoundId>,
    /// The hash of each text.
    pub texts: BTreeMap<FieldKey, ContentHash>,
    /// All channels of the act: when each of them is answered, the act is.
    pub channels: Vec<FieldKey>,
    /// The pupil answered, not a guardian.
    pub pupil: bool,
    /// What is set in motion when a yes to a channel is taken back.
    pub on_withdrawal: Vec<(FieldKey, PlannedTodo)>,
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TookDown {
    /// It is written, now or before.
    Done,
    /// The id was used before for another answer.
    Other,
    /// The person has said something newer herself: that stands.
    Newer,
}

impl Store {
    /// Writes what staff took down, and derives the tasks of the child anew, in one transaction.
    ///
    /// # Errors
    /// [`StoreError::Busy`] when it was not written; the same answer may be taken down again.
    pub async fn take_down(
        &self,
        grant: &Grant<RecordConsent>,
        taking: TakingDown,
    ) -> Result<TookDown, StoreError> {
        let child = taking.line.child;
        let part = taking.round.and_then(|round| Part::of_child(self, round, child));
        let acting_for = Some(taking.line.answer.by);
        let audit = AuditEntry { acting_for, ..grant.audit("child", Some(child.0)) };
        let work = Arc::new((self.clone(), part, taking, audit));
        self.write(move |db| {
            let work = work.clone();
            Box::pin(async move {
                let (store, part, taking, audit) = &*work;
                let took = write(db, store, part.as_ref(), taking).await?;
                let entries = if took == TookDown::Done { vec![audit.clone()] } else { Vec::new() };
                Ok((took, entries))
            })
        })
        .await
    }

    /// The child of the grant, with those who decide for it.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn child_to_answer_for(
        &self,
        grant: &Grant<RecordConsent>,
        today: Date,
    ) -> Result<Option<Arc<ChildRecord>>, StoreError> {
        let Some(child) = grant.child() else { return Ok(None) };
        Ok(self.child_records(&[child], today).await?.pop())
    }

    /// Notes that the actor has read that an answer of hers was taken down. False: there is no such answer of hers.
    ///
    /// # Errors
    /// [`StoreError::Busy`] when it was not written.
    pub async fn told(&self, grant: &Grant<Submit>, id: ChangeId) -> Result<bool, StoreError> {
        let (person, child, now) = (grant.actor(), grant.child(), self.clock().now());
        let audit = grant.audit("consent-answer", Some(id.0));
        self.write(move |db| {
            let audit = audit.clone();
            Box::pin(async move {
                let found = consent_evidence::Entity::find_by_id(id.0).one(db).await?;
                let Some(row) =
                    found.filter(|row| row.by_id == person.0 && Some(PersonId(row.child_id)) == child)
                else {
                    return Ok((false, Vec::new()));
                };
                if row.told_at.is_some() {
                    return Ok((true, Vec::new()));
                }
                consent_evidence::Entity::update_many()
                    .col_expr(consent_evidence::Column::ToldAt, Expr::value(now.as_millis()))
                    .filter(consent_evidence::Column::Id.eq(id.0))
                    .exec(db)
                    .await?;
                Ok((true, vec![audit]))
            })
        })
        .await
    }

    /// What was taken down of this person's answers and not yet told.
    pub(super) async fn untold(&self, person: PersonId) -> Result<Vec<TakenDown>, StoreError> {
        let query = consent_evidence::Entity::find()
            .filter(consent_evidence::Column::ById.eq(person.0))
            .filter(consent_evidence::Column::ToldAt.is_null())
            .order_by_asc(consent_evidence::Column::At);
        query.all(self.db()).await?.into_iter().map(|row| open(self.sealer(), row)).collect()
    }

    /// Everything that was taken down about a child, oldest first.
    pub(super) async fn taken_down(&self, child: PersonId) -> Result<Vec<TakenDown>, StoreError> {
        let query = consent_evidence::Entity::find()
            .filter(consent_evidence::Column::ChildId.eq(child.0))
            .order_by_asc(consent_evidence::Column::At);
        query.all(self.db()).await?.into_iter().map(|row| open(self.sealer(), row)).collect()
    }

    /// The limits that stand: for each decision with one, its words.
    pub(super) async fn limits<R: Borrow<consent_decision::Model>>(
        &self,
        rows: &[R],
    ) -> Result<HashMap<i64, String>, StoreError> {
        let limited = || {
            rows.iter()
                .map(Borrow::borrow)
                .filter(|row: &&consent_decision::Model| row.choice == ConsentChoice::Limited.as_str())
        };
        let ids = rows::distinct(limited().map(|row| row.submission_id));
        let mut lines: HashMap<Uuid, TakenDown> = HashMap::new();
        for part in ids.chunks(MOST_IDS) {
            let query =
                consent_evidence::Entity::find().filter(consent_evidence::Column::Id.is_in(part.to_vec()));
            for row in query.all(self.db()).await? {
                lines.insert(row.id, open(self.sealer(), row)?);
            }
        }
        let limit = |row: &consent_decision::Model| {
            let line = lines.get(&row.submission_id)?;
            match line.answer.said.get(&FieldKey(row.field_key.clone()))? {
                SaidConsent::Limited(words) => Some((row.seq, words.clone())),
                _ => None,
            }
        };
        Ok(limited().filter_map(limit).collect())
    }
}

async fn write(
    db: &Transaction,
    store: &Store,
    part: Option<&Part>,
    taking: &TakingDown,
) -> Result<TookDown, StoreError> {
    let (sealer, line) = (store.sealer(), &taking.line);
    if let Some(part) = part {
        // Whoever answers for the child in another process waits here.
        part.lock(db).await?;
    }
    if let Some(earlier) = consent_evidence::Entity::find_by_id(line.id.0).one(db).await? {
        let earlier = open(sealer, earlier)?;
        let same = (earlier.child, earlier.recorded_by, &earlier.answer)
            == (line.child, line.recorded_by, &line.answer);
        return Ok(if same { TookDown::Done } else { TookDown::Other });
    }
    let before = said_before(db, sealer, store.clock(), line).await?;
    let is_newer = |(field, said): (&FieldKey, &SaidConsent)| {
        before.get(field).is_some_and(|(last, day)| is_overtaken(said, last.choice, line.answer.day, *day))
    };
    if line.answer.said.iter().any(is_newer) {
        return Ok(TookDown::Newer);
    }
    let rows = taking.line.answer.said.iter().filter_map(|(field, said)| row(taking, field, said, &before));
    rows::insert::<consent_decision::Entity>(db, rows.collect()).await?;
    set_in_motion(db, store, taking, &before).await?;
    let evidence = seal(sealer, taking)?;
    consent_evidence::Entity::insert(evidence.into_active_model()).exec_without_returning(db).await?;
    if let (Some(part), Some(round)) = (part, taking.round) {
        answer_act(db, taking, round, &before).await?;
        part.refresh(db).await?;
    }
    Ok(TookDown::Done)
}

async fn set_in_motion(
    db: &Transaction,
    store: &Store,
    taking: &TakingDown,
    before: &Before,
) -> Result<(), StoreError> {
    let line = &taking.line;
    let is_withdrawn = |field: &FieldKey| {
        let last = before.get(field).map(|(last, _)| last.choice);
        let said = line.answer.said.get(field);
        said.is_some_and(|said| choice(said, last) == ConsentChoice::Withdrawn)
    };
    let mut openings = Vec::new();
    for (_, planned) in taking.on_withdrawal.iter().filter(|(field, _)| is_withdrawn(field)) {
        let (id, at) = (store.ids().next()?, line.at.as_millis());
        openings.push(Opening { planned, id, cause: line.id.0, at });
    }
    open_todos(db, &openings).await
}

/// The person's latest decision about each channel, with the day on which she made it.
type Before = BTreeMap<FieldKey, (ConsentDecision, Date)>;

async fn said_before(
    db: &Transaction,
    sealer: &Sealer,
    clock: &Clock,
    line: &TakenDown,
) -> Result<Before, StoreError> {
    use consent_decision::Column::{ActKey, ById, ChildId, FormKey, Seq};
    let query = consent_decision::Entity::find()
        .filter(ChildId.eq(line.child.0))
        .filter(ById.eq(line.answer.by.0))
        .filter(FormKey.eq(line.answer.form.key.as_str()))
        .filter(ActKey.eq(line.answer.act.as_str()))
        .order_by_asc(Seq);
    let mut before = Before::new();
    for row in query.all(db).await? {
        let decision = decision(&row)?;
        let day = match row.recorded_by {
            // What was taken down was said on the day that stands in it.
            Some(_) => said_on(db, sealer, row.submission_id).await?,
            None => None,
        };
        let day = day.unwrap_or_else(|| clock.day_of(decision.at));
        before.insert(decision.purpose.field.clone(), (decision, day));
    }
    Ok(before)
}

async fn said_on(db: &Transaction, sealer: &Sealer, id: Uuid) -> Result<Option<Date>, StoreError> {
    let row = consent_evidence::Entity::find_by_id(id).one(db).await?;
    row.map(|row| Ok(open(sealer, row)?.answer.day)).transpose()
}

/// True when what was said last is newer than what is taken down now; on the same day, when that would allow more.
fn is_overtaken(said: &SaidConsent, last: ConsentChoice, day: Date, last_day: Date) -> bool {
    let strength = |yes: bool, limited: bool| u8::from(yes) + u8::from(yes && !limited);
    let now = strength(*said != SaidConsent::No, matches!(said, SaidConsent::Limited(_)));
    let then = strength(last.is_yes(), last == ConsentChoice::Limited);
    day < last_day || (day == last_day && now > then)
}

fn choice(said: &SaidConsent, last: Option<ConsentChoice>) -> ConsentChoice {
    match said {
        SaidConsent::Limited(_) => ConsentChoice::Limited,
        said => ConsentChoice::of_answer(*said == SaidConsent::Yes, last),
    }
}

fn row(
    taking: &TakingDown,
    field: &FieldKey,
    said: &SaidConsent,
    before: &Before,
) -> Option<consent_decision::ActiveModel> {
    let (line, answer) = (&taking.line, &taking.line.answer);
    let purpose =
        ConsentPurpose { form: answer.form.key.clone(), act: answer.act.clone(), field: field.clone() };
    let identified = match answer.way {
        AnswerWay::Paper => Identified::SignedPaper,
        AnswerWay::Spoken => Identified::SpokenToStaff,
    };
    let last = before.get(field).map(|(last, _)| last.choice);
    Some(consent_decision::ActiveModel {
        seq: NotSet,
        child_id: Set(line.child.0),
        form_key: Set(purpose.form.0),
        act_key: Set(purpose.act.0),
        field_key: Set(purpose.field.0),
        by_id: Set(answer.by.0),
        choice: Set(choice(said, last).as_str().to_owned()),
        form_version: Set(i32::try_from(answer.form.version).unwrap_or(i32::MAX)),
        at: Set(line.at.as_millis()),
        submission_id: Set(line.id.0),
        locale: Set(Some(answer.locale.as_str().to_owned())),
        text_hash: Set(Some(taking.texts.get(field)?.0.clone())),
        role: Set(role(taking).to_owned()),
        identified: Set(identified.as_str().to_owned()),
        recorded_by: Set(Some(line.recorded_by.0)),
    })
}

fn role(taking: &TakingDown) -> &'static str {
    if taking.pupil { "pupil" } else { "guardian" }
}

/// When every channel has been answered, now or before, the act has: nobody is asked again for what stands on paper.
async fn answer_act(
    db: &Transaction,
    taking: &TakingDown,
    round: RoundId,
    before: &Before,
) -> Result<(), StoreError> {
    use act_answer::Column::{
        ActKey, At, Calls, Digest, FormKey, Outcome as Said, RenewedAt, Returned, RoundId, SignerId,
        SubjectId, SubmissionId,
    };
    let (line, answer) = (&taking.line, &taking.line.answer);
    let yes = |field: &FieldKey| match answer.said.get(field) {
        Some(said) => Some(*said != SaidConsent::No),
        None => before.get(field).map(|(last, _)| last.choice.is_yes()),
    };
    let said: Option<Vec<bool>> = taking.channels.iter().map(yes).collect();
    let Some(said) = said else { return Ok(()) };
    let outcome = if said.iter().any(|yes| *yes) { Outcome::Answered } else { Outcome::Refused };
    let row = act_answer::Model {
        subject_id: line.child.0,
        round_id: round.0,
        form_key: answer.form.key.0.clone(),
        act_key: answer.act.0.clone(),
        signer_id: answer.by.0,
        outcome: outcome_word(outcome).to_owned(),
        submission_id: line.id.0,
        at: line.at.as_millis(),
        renewed_at: None,
        digest: None,
        returned: false,
        calls: None,
    };
    let keys = [SubjectId, RoundId, FormKey, ActKey, SignerId];
    let update = [Said, SubmissionId, At, RenewedAt, Digest, Returned, Calls];
    Ok(rows::upsert::<act_answer::Entity>(db, vec![row.into_active_model()], &keys, &update).await?)
}

fn seal(sealer: &Sealer, taking: &TakingDown) -> Result<consent_evidence::Model, StoreError> {
    let line = &taking.line;
    let text = serde_json::to_vec(&line.answer).map_err(|_| StoreError::Corrupt("consent_evidence"))?;
    Ok(consent_evidence::Model {
        id: line.id.0,
        child_id: line.child.0,
        by_id: line.answer.by.0,
        recorded_by: line.recorded_by.0,
        role: role(taking).to_owned(),
        at: line.at.as_millis(),
        sealed: sealer.seal_for(line.child.0, "consent_evidence", "sealed", line.id.0, &text)?,
        told_at: None,
    })
}

fn open(sealer: &Sealer, row: consent_evidence::Model) -> Result<TakenDown, StoreError> {
    let corrupt = StoreError::Corrupt("consent_evidence");
    let plain = sealer.open_for(row.child_id, "consent_evidence", "sealed", row.id, &row.sealed);
    let plain = plain.map_err(|_| corrupt.clone())?;
    Ok(TakenDown {
        id: ChangeId(row.id),
        child: PersonId(row.child_id),
        answer: serde_json::from_slice(&plain).map_err(|_| corrupt)?,
        recorded_by: PersonId(row.recorded_by),
        at: Timestamp::from_millis(row.at),
    })
}
