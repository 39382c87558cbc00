//! Everything about a child that is handed over to an archive, read as it is at one moment.
//!
//! Goes through every table that `classes` puts into an archive, and through what was sent. Called by `usecase::archive` for
//! `skolstart archive`, which only whoever runs the program can: that is why these functions take no grant. It is the authority's
//! own record: others are named, and nobody's words are left out. Must not hold more than one child in memory.

mod people;
mod rows;
mod sent;

pub use people::{ArchivedPerson, ArchivedRole};
pub use sent::{ArchivedFile, ArchivedSubmission};

use super::entity::{form_version, organisation, person, round, school_group};
use super::files::parts;
use super::{AuditEntry, Published, Section, Store, StoreError};
use sea_orm::{ConnectionTrait, DatabaseTransaction, EntityTrait, Statement};
use skolstart_shared::Timestamp;
use skolstart_shared::form::FormRef;
use skolstart_shared::id::{PersonId, RoundId};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use uuid::Uuid;

/// What is archived.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArchiveOf {
    /// One child, with everything.
    Child(PersonId),
    /// The children of one round, with what was answered in it.
    Round(RoundId),
}

/// A form as it was published.
#[derive(Debug)]
pub struct ArchivedForm {
    /// The definition, to the letter.
    pub definition: String,
    /// When.
    pub published: Timestamp,
}

/// Everything about one child.
#[derive(Debug)]
pub struct ArchivedChild {
    /// The child.
    pub id: PersonId,
    /// By table.
    pub sections: Vec<Section>,
    /// What was sent about the child, oldest first.
    pub submissions: Vec<ArchivedSubmission>,
    /// The files that belong to it.
    pub files: Vec<ArchivedFile>,
    /// Everybody whose id stands in it, the child first.
    pub people: Vec<ArchivedPerson>,
    /// Units and groups whose ids stand in it.
    pub places: BTreeMap<Uuid, String>,
}

/// A reading for an archive.
pub struct Archiving {
    store: Store,
    db: DatabaseTransaction,
    of: ArchiveOf,
    published: Arc<Published>,
    places: HashMap<Uuid, String>,
    /// What members of the staff have sent: which submissions are about which children.
    staff: HashMap<Uuid, Vec<(Uuid, Vec<PersonId>)>>,
}

/// Those whom a round asks or who have answered in it. Somebody who answers about herself is no child.
const CHILDREN: &str = "SELECT p.id FROM person p WHERE p.id IN (\
    SELECT child_id FROM task WHERE round_id = $1 \
    UNION SELECT child_id FROM task_change WHERE round_id = $1 \
    UNION SELECT child_id FROM application WHERE round_id = $1 \
    UNION SELECT a.subject_id FROM act_answer a WHERE a.round_id = $1 AND (\
        EXISTS (SELECT 1 FROM guardian_relation r WHERE r.child_id = a.subject_id) \
        OR EXISTS (SELECT 1 FROM enrolment e WHERE e.child_id = a.subject_id))) ORDER BY p.id";

/// Lines of the trail that are written in one transaction.
const NOTED_AT_ONCE: usize = 500;

impl Store {
    /// Begins a reading. `None`: there is no such child or round.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn archiving(&self, of: ArchiveOf) -> Result<Option<Archiving>, StoreError> {
        let published = self.reload_published().await?;
        let db = self.db().one_moment().await?;
        let is_there = match of {
            ArchiveOf::Child(child) => person::Entity::find_by_id(child.0).one(&db).await?.is_some(),
            ArchiveOf::Round(id) => round::Entity::find_by_id(id.0).one(&db).await?.is_some(),
        };
        if !is_there {
            return Ok(None);
        }
        let units = organisation::Entity::find().all(&db).await?.into_iter().map(|row| (row.id, row.name));
        let groups = school_group::Entity::find().all(&db).await?.into_iter().map(|row| (row.id, row.name));
        let places = units.chain(groups).collect();
        Ok(Some(Archiving { store: self.clone(), db, of, published, places, staff: HashMap::new() }))
    }

    /// Notes what is about to be archived: one line for the whole, and one for each child, so that whoever asks who has seen
    /// the child is told.
    ///
    /// # Errors
    /// When it could not be noted: then nothing may be archived.
    pub async fn note_archive(&self, of: ArchiveOf, children: &[PersonId]) -> Result<(), StoreError> {
        let entry = |action, object_kind, id: Uuid| AuditEntry {
            acting_for: None,
            actor: None,
            action,
            object_kind,
            object_id: Some(id),
            purpose: "operator",
            outcome: "done",
            request_id: String::new(),
        };
        self.note(vec![match of {
            ArchiveOf::Child(child) => entry("archive-export", "archive", child.0),
            ArchiveOf::Round(round) => entry("archive-export", "round", round.0),
        }])
        .await?;
        for part in children.chunks(NOTED_AT_ONCE) {
            self.note(part.iter().map(|child| entry(ARCHIVED, "child", child.0)).collect()).await?;
        }
        Ok(())
    }
}

/// The action of the line about one child.
pub(super) const ARCHIVED: &str = "archive";

impl Archiving {
    /// The forms, rounds and elements as they are published.
    pub fn published(&self) -> &Arc<Published> {
        &self.published
    }

    /// The children, in the order of their ids.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn children(&self) -> Result<Vec<PersonId>, StoreError> {
        let round = match self.of {
            ArchiveOf::Child(child) => return Ok(vec![child]),
            ArchiveOf::Round(round) => round,
        };
        let backend = self.db.get_database_backend();
        let statement = Statement::from_sql_and_values(backend, CHILDREN, [round.0.into()]);
        let rows = self.db.query_all_raw(statement).await?;
        rows.iter().map(|row| Ok(PersonId(row.try_get_by_index(0)?))).collect()
    }

    /// Everything about one of them.
    ///
    /// # Errors
    /// When the database cannot be read, or a sealed value was altered.
    pub async fn child(&mut self, id: PersonId) -> Result<ArchivedChild, StoreError> {
        let sections = self.sections(id).await?;
        let submissions = self.submissions(id).await?;
        let files = self.files(id, &submissions).await?;
        let mut child =
            ArchivedChild { id, sections, submissions, files, people: Vec::new(), places: BTreeMap::new() };
        self.add_people(&mut child).await?;
        Ok(child)
    }

    /// The bytes of a file. `None`: they are gone.
    ///
    /// # Errors
    /// When the database cannot be read, or a byte was altered.
    pub async fn bytes(&self, file: &ArchivedFile) -> Result<Option<Vec<u8>>, StoreError> {
        let Some(content) = file.content else { return Ok(None) };
        let bytes = parts(&self.db, self.store.sealer(), content).await?;
        match u32::try_from(bytes.len()) == Ok(file.bytes) {
            true => Ok(Some(bytes)),
            false => Err(StoreError::Corrupt("file_part")),
        }
    }

    /// A form as it was published.
    ///
    /// # Errors
    /// When the database cannot be read, or there is no such version.
    pub async fn form(&self, form: &FormRef) -> Result<ArchivedForm, StoreError> {
        let unknown = StoreError::Corrupt("form_version");
        let version = i32::try_from(form.version).map_err(|_| unknown.clone())?;
        let row = form_version::Entity::find_by_id((form.key.0.clone(), version)).one(&self.db).await?;
        let row = row.ok_or(unknown)?;
        Ok(ArchivedForm { definition: row.definition, published: Timestamp::from_millis(row.published_at) })
    }

    fn round(&self) -> Option<RoundId> {
        match self.of {
            ArchiveOf::Child(_) => None,
            ArchiveOf::Round(round) => Some(round),
        }
    }
}
