//! What was sent about a child, and the files that belong to it.

use super::Archiving;
use crate::store::entity::{act_answer, consent_decision, fact, file, guardian_relation, submission};
use crate::store::rows::{MOST_IDS, distinct};
use crate::store::{StoreError, files, sent, words};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde_json::Value as Json;
use skolstart_shared::fact::FileType;
use skolstart_shared::form::{ActKey, FieldKey, FormKey};
use skolstart_shared::id::{FileId, PersonId, RoundId, SubmissionId};
use skolstart_shared::submission::{ActAnswer, SubmissionContent};
use skolstart_shared::{Locale, Timestamp};
use std::collections::{BTreeSet, HashMap};
use uuid::Uuid;

/// One thing that was sent, with what of it is about the child or about the one who sent it.
#[derive(Debug)]
pub struct ArchivedSubmission {
    /// Its id.
    pub id: SubmissionId,
    /// Who sent it.
    pub sender: PersonId,
    /// The round that it answers.
    pub round: RoundId,
    /// When it came.
    pub received: Timestamp,
    /// The number of the receipt.
    pub number: String,
    /// The receipt, as it was given.
    pub receipt: Json,
    /// The hash of all that was sent, also of what is left out here.
    pub content_hash: String,
    /// The one that it changes.
    pub supersedes: Option<SubmissionId>,
    /// The language that was read.
    pub locale: Locale,
    /// The answers.
    pub acts: Vec<ActAnswer>,
    /// How many answers of it are about other children.
    pub about_others: usize,
}

/// A file.
#[derive(Debug)]
pub struct ArchivedFile {
    /// Its id.
    pub id: FileId,
    /// Who sent it.
    pub uploader: PersonId,
    /// The child it is about. `None`: the one who sent it.
    pub child: Option<PersonId>,
    /// The submission that holds it.
    pub submission: Option<SubmissionId>,
    /// The field that it was sent in.
    pub place: Option<(FormKey, ActKey, FieldKey)>,
    /// What it was called where it came from.
    pub name: String,
    /// What it is.
    pub kind: FileType,
    /// How large it is as it is kept.
    pub bytes: u32,
    /// Where its bytes are.
    pub(super) content: Option<Uuid>,
}

/// From when until when somebody was responsible for the child.
type Terms = HashMap<Uuid, Vec<(Option<String>, Option<String>)>>;

impl Archiving {
    /// Oldest first.
    pub(super) async fn submissions(
        &mut self,
        child: PersonId,
    ) -> Result<Vec<ArchivedSubmission>, StoreError> {
        let about = guardian_relation::Column::ChildId.eq(child.0);
        let mut terms = Terms::new();
        for row in guardian_relation::Entity::find().filter(about).all(&self.db).await? {
            terms.entry(row.adult_id).or_default().push((row.from_day, row.to_day));
        }
        let family = distinct(terms.keys().copied().chain([child.0]));
        let mut query =
            submission::Entity::find().filter(submission::Column::SenderId.is_in(family.iter().copied()));
        if let Some(round) = self.round() {
            query = query.filter(submission::Column::RoundId.eq(round.0));
        }
        let mut rows = query.all(&self.db).await?;
        rows.extend(self.of_others(child, &family).await?);
        rows.sort_by_key(|row| (row.received_at, row.id));
        let mut found = Vec::new();
        for row in rows {
            found.extend(self.submission(row, child, &terms)?);
        }
        Ok(found)
    }

    fn open(&self, row: &submission::Model) -> Result<SubmissionContent, StoreError> {
        sent::open(self.store.sealer(), row)
    }

    /// What is about the child, and what one who was responsible for it then said about herself. `None`: nothing is.
    fn submission(
        &self,
        row: submission::Model,
        child: PersonId,
        terms: &Terms,
    ) -> Result<Option<ArchivedSubmission>, StoreError> {
        let content = self.open(&row)?;
        let received = Timestamp::from_millis(row.received_at);
        let day = self.store.clock().day_of(received);
        let was_responsible = terms.get(&row.sender_id).is_some_and(|terms| {
            terms.iter().any(|(from, to)| words::holds(from.as_deref(), to.as_deref(), day))
        });
        let of_sender = was_responsible || row.sender_id == child.0;
        let (acts, others): (Vec<_>, Vec<_>) =
            content.acts.into_iter().partition(|act| act.child.map_or(of_sender, |about| about == child));
        if acts.is_empty() {
            return Ok(None);
        }
        Ok(Some(ArchivedSubmission {
            id: SubmissionId(row.id),
            sender: PersonId(row.sender_id),
            round: RoundId(row.round_id),
            received,
            number: row.number,
            receipt: serde_json::from_str(&row.receipt).map_err(|_| StoreError::Corrupt("submission"))?,
            content_hash: row.content_hash,
            supersedes: row.supersedes.map(SubmissionId),
            locale: content.locale,
            acts,
            about_others: others.len(),
        }))
    }

    /// What staff, and those who are no family any more, have sent about the child.
    async fn of_others(
        &mut self,
        child: PersonId,
        family: &[Uuid],
    ) -> Result<Vec<submission::Model>, StoreError> {
        let (mut senders, mut ids) = (BTreeSet::new(), BTreeSet::new());
        let said: Vec<(Uuid, Uuid)> = act_answer::Entity::find()
            .select_only()
            .columns([act_answer::Column::SignerId, act_answer::Column::SubmissionId])
            .filter(act_answer::Column::SubjectId.eq(child.0))
            .into_tuple()
            .all(&self.db)
            .await?;
        let known: Vec<(Option<Uuid>, Option<Uuid>)> = fact::Entity::find()
            .select_only()
            .columns([fact::Column::ById, fact::Column::SubmissionId])
            .filter(fact::Column::SubjectId.eq(child.0))
            .into_tuple()
            .all(&self.db)
            .await?;
        let decided: Vec<(Uuid, Uuid)> = consent_decision::Entity::find()
            .select_only()
            .columns([consent_decision::Column::ById, consent_decision::Column::SubmissionId])
            .filter(consent_decision::Column::ChildId.eq(child.0))
            .into_tuple()
            .all(&self.db)
            .await?;
        for (sender, id) in said.into_iter().chain(decided) {
            senders.insert(sender);
            ids.insert(id);
        }
        senders.extend(known.iter().filter_map(|(sender, _)| *sender));
        ids.extend(known.iter().filter_map(|(_, id)| *id));
        for sender in senders.into_iter().filter(|sender| family.binary_search(sender).is_err()) {
            let about = self.sent_by_staff(sender).await?;
            ids.extend(about.iter().filter(|(_, children)| children.contains(&child)).map(|(id, _)| *id));
        }
        let ids: Vec<Uuid> = ids.into_iter().collect();
        let mut rows = Vec::new();
        for part in ids.chunks(MOST_IDS) {
            let mut query = submission::Entity::find()
                .filter(submission::Column::Id.is_in(part.iter().copied()))
                .filter(submission::Column::SenderId.is_not_in(family.iter().copied()));
            if let Some(round) = self.round() {
                query = query.filter(submission::Column::RoundId.eq(round.0));
            }
            rows.extend(query.all(&self.db).await?);
        }
        Ok(rows)
    }

    /// Read once for each of them: one teacher answers about many children.
    async fn sent_by_staff(&mut self, sender: Uuid) -> Result<&[(Uuid, Vec<PersonId>)], StoreError> {
        if !self.staff.contains_key(&sender) {
            let mut query = submission::Entity::find().filter(submission::Column::SenderId.eq(sender));
            if let Some(round) = self.round() {
                query = query.filter(submission::Column::RoundId.eq(round.0));
            }
            let mut about = Vec::new();
            for row in query.all(&self.db).await? {
                let children = self.open(&row)?.acts.iter().filter_map(|act| act.child).collect();
                about.push((row.id, children));
            }
            self.staff.insert(sender, about);
        }
        Ok(self.staff.get(&sender).map(Vec::as_slice).unwrap_or_default())
    }

    /// The files that these answers name or hold: about the child, or about the one who sent them.
    pub(super) async fn files(
        &self,
        child: PersonId,
        sent: &[ArchivedSubmission],
    ) -> Result<Vec<ArchivedFile>, StoreError> {
        let named = sent.iter().flat_map(|sent| &sent.acts).flat_map(|act| act.answers.files());
        let named = distinct(named.map(|file| file.id.0));
        let holding = distinct(sent.iter().map(|sent| sent.id.0));
        let mut rows = HashMap::new();
        for part in named.chunks(MOST_IDS) {
            let query = file::Entity::find().filter(file::Column::Id.is_in(part.iter().copied()));
            rows.extend(query.all(&self.db).await?.into_iter().map(|row| (row.id, row)));
        }
        for part in holding.chunks(MOST_IDS) {
            let of_child = Condition::all()
                .add(file::Column::SubmissionId.is_in(part.iter().copied()))
                .add(file::Column::ChildId.eq(child.0));
            let query = file::Entity::find().filter(of_child).order_by_asc(file::Column::Id);
            rows.extend(query.all(&self.db).await?.into_iter().map(|row| (row.id, row)));
        }
        let mut rows: Vec<file::Model> = rows.into_values().collect();
        rows.retain(|row| row.child_id.is_none_or(|about| about == child.0));
        rows.sort_by_key(|row| (row.created_at, row.id));
        let mut found = Vec::new();
        for row in rows {
            found.extend(self.file(row)?);
        }
        Ok(found)
    }

    /// `None`: it never came whole, or was not taken.
    fn file(&self, row: file::Model) -> Result<Option<ArchivedFile>, StoreError> {
        let Some(done) = files::open(self.store.sealer(), &row)?.done else { return Ok(None) };
        let place = row.form_key.zip(row.act_key).zip(row.field_key);
        Ok(Some(ArchivedFile {
            id: done.id,
            uploader: PersonId(row.uploader_id),
            child: row.child_id.map(PersonId),
            submission: row.submission_id.map(SubmissionId),
            place: place.map(|((form, act), field)| (FormKey(form), ActKey(act), FieldKey(field))),
            name: done.name,
            kind: done.kind,
            bytes: u32::try_from(row.kept_bytes).map_err(|_| StoreError::Corrupt("file"))?,
            content: row.content_id,
        }))
    }
}
