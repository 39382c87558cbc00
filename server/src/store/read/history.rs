use super::person::{PersonRecord, persons};
use crate::policy::{Grant, ReadChild, ReadOwnSubmissions};
use crate::store::applications::{ApplicationRecord, of_children};
use crate::store::changes::{ChangeLine, changes};
use crate::store::entity::{act_answer, fact, submission};
use crate::store::rows::{MOST_IDS, distinct};
use crate::store::{Store, StoreError, TakenDown};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use skolstart_shared::Timestamp;
use skolstart_shared::consent::ConsentDecision;
use skolstart_shared::fact::{ElementKey, Source, Value};
use skolstart_shared::form::{ActKey, FormKey, FormRef};
use skolstart_shared::id::{PersonId, SubmissionId};
use skolstart_shared::receipt::Receipt;
use std::collections::HashMap;
use uuid::Uuid;

/// One line of the history of what is known.
#[derive(Clone, Debug)]
pub struct FactLine {
    /// What.
    pub element: ElementKey,
    /// The value then.
    pub value: Value,
    /// Where it came from.
    pub source: Source,
    /// Who gave it; nobody for a register.
    pub by: Option<PersonId>,
    /// When.
    pub at: Timestamp,
    /// The same version twice: the second time it was said to be right.
    pub version: u32,
    /// What it was sent with; nothing for a register.
    pub sent: Option<SubmissionId>,
}

/// The latest answer of somebody to an act about the child.
#[derive(Clone, Debug)]
pub struct AnswerLine {
    /// The form.
    pub form: FormKey,
    /// The act.
    pub act: ActKey,
    /// Who.
    pub by: PersonId,
    /// When.
    pub at: Timestamp,
    /// What it was sent with.
    pub sent: SubmissionId,
}

/// Everything that has happened with the answers about a child, oldest first.
#[derive(Default)]
pub struct HistoryFile {
    /// What was given.
    pub facts: Vec<FactLine>,
    /// Which acts in which versions were answered with each submission, of those that the reader may meet.
    pub answered: HashMap<SubmissionId, Vec<(FormRef, ActKey)>>,
    /// The latest answers in each round, where something may be said that belongs to one form only; for staff alone.
    pub latest: Vec<AnswerLine>,
    /// What was decided about consents.
    pub decisions: Vec<ConsentDecision>,
    /// What staff did.
    pub changes: Vec<ChangeLine>,
    /// What was applied for.
    pub applications: Vec<ApplicationRecord>,
    /// What staff took down of answers that came in another way.
    pub taken_down: Vec<TakenDown>,
    /// Who they are, by id; for staff alone.
    pub people: HashMap<PersonId, PersonRecord>,
}

impl Store {
    /// The history of the child of the grant, without anybody's name.
    ///
    /// # Errors
    /// When the database cannot be read, or a value was altered.
    pub async fn history(&self, grant: &Grant<ReadOwnSubmissions>) -> Result<HistoryFile, StoreError> {
        match grant.child() {
            Some(child) => self.history_of(child).await,
            None => Ok(HistoryFile::default()),
        }
    }

    /// The same for staff, with the names of those who did something.
    ///
    /// # Errors
    /// As [`Self::history`].
    pub async fn history_by_staff(&self, grant: &Grant<ReadChild>) -> Result<HistoryFile, StoreError> {
        let Some(child) = grant.child() else { return Ok(HistoryFile::default()) };
        let mut file = self.history_of(child).await?;
        let facts = file.facts.iter().filter_map(|fact| fact.by);
        let decisions = file.decisions.iter().map(|decision| decision.by);
        let deciders = file.applications.iter().filter_map(|record| Some(record.decided()?.0.by));
        let taken_down = file.taken_down.iter().map(|line| line.recorded_by);
        let people = facts.chain(deciders).chain(decisions).chain(taken_down);
        file.latest = self.latest_about(child).await?;
        let people = people.chain(file.changes.iter().map(|line| line.by));
        let people = people.chain(file.latest.iter().map(|line| line.by));
        let people = distinct(people.map(|person| person.0));
        file.people = persons(self, &people).await?;
        let sent = distinct(file.facts.iter().filter_map(|fact| Some(fact.sent?.0)));
        file.answered = self.answered_with(&sent).await?;
        Ok(file)
    }

    async fn latest_about(&self, child: PersonId) -> Result<Vec<AnswerLine>, StoreError> {
        let rows = act_answer::Entity::find().filter(act_answer::Column::SubjectId.eq(child.0));
        let rows = rows.order_by_asc(act_answer::Column::At).all(self.db()).await?;
        let line = |row: act_answer::Model| AnswerLine {
            form: FormKey(row.form_key),
            act: ActKey(row.act_key),
            by: PersonId(row.signer_id),
            at: Timestamp::from_millis(row.at),
            sent: SubmissionId(row.submission_id),
        };
        Ok(rows.into_iter().map(line).collect())
    }

    async fn answered_with(
        &self,
        sent: &[Uuid],
    ) -> Result<HashMap<SubmissionId, Vec<(FormRef, ActKey)>>, StoreError> {
        let mut found = HashMap::new();
        for part in sent.chunks(MOST_IDS) {
            let rows = submission::Entity::find()
                .select_only()
                .columns([submission::Column::Id, submission::Column::Receipt])
                .filter(submission::Column::Id.is_in(part.iter().copied()))
                .into_tuple::<(Uuid, String)>()
                .all(self.db())
                .await?;
            for (id, receipt) in rows {
                let receipt: Receipt =
                    serde_json::from_str(&receipt).map_err(|_| StoreError::Corrupt("submission"))?;
                let acts = receipt.acts.into_iter().map(|act| (act.form, act.act));
                found.insert(SubmissionId(id), acts.collect());
            }
        }
        Ok(found)
    }

    async fn history_of(&self, child: PersonId) -> Result<HistoryFile, StoreError> {
        let rows = fact::Entity::find()
            .filter(fact::Column::SubjectId.eq(child.0))
            .order_by_asc(fact::Column::At)
            .order_by_asc(fact::Column::Id)
            .all(self.db())
            .await?;
        let facts = rows.into_iter().map(|row| self.fact_line(row)).collect::<Result<_, _>>()?;
        let mut decisions =
            super::home::decisions(self.db(), &[child.0]).await?.remove(&child).unwrap_or_default();
        decisions.sort_by_key(|decision| decision.seq);
        let changes = changes(self.db(), self.sealer(), &[child.0]).await?;
        let applications = of_children(self.db(), self.sealer(), &[child.0]).await?;
        let taken_down = self.taken_down(child).await?;
        Ok(HistoryFile { facts, decisions, changes, applications, taken_down, ..HistoryFile::default() })
    }

    fn fact_line(&self, row: fact::Model) -> Result<FactLine, StoreError> {
        let corrupt = StoreError::Corrupt("fact");
        let plain = self
            .sealer()
            .open_for(row.subject_id, "fact", "value", row.id, &row.value)
            .map_err(|_| corrupt.clone())?;
        let source =
            [("register", Source::Register), ("guardian", Source::Guardian), ("staff", Source::Staff)];
        let source = source.iter().find(|(word, _)| *word == row.source).ok_or_else(|| corrupt.clone())?.1;
        Ok(FactLine {
            element: ElementKey(row.element),
            value: serde_json::from_slice(&plain).map_err(|_| corrupt)?,
            source,
            by: row.by_id.map(PersonId),
            at: Timestamp::from_millis(row.at),
            version: u32::try_from(row.version).unwrap_or(0),
            sent: row.submission_id.map(SubmissionId),
        })
    }
}
