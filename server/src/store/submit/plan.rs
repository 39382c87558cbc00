use crate::policy::{AnswerForSchool, Grant};
use crate::store::{ChildRecord, PlannedFile, PlannedTodo, Store, StoreError, sent};
use skolstart_shared::access::Role;
use skolstart_shared::consent::{ConsentChoice, ConsentPurpose, Identified};
use skolstart_shared::fact::{ElementKey, Entry, Snapshot};
use skolstart_shared::form::{ActKey, FormDefinition, FormKey, FormRef};
use skolstart_shared::id::{PersonId, RoundId, SubmissionId};
use skolstart_shared::round::Outcome;
use skolstart_shared::submission::{ContentHash, SubmissionContent};
use skolstart_shared::{Date, Locale, Timestamp};
use std::sync::Arc;
use uuid::Uuid;

/// How the values of an answer stand to what was known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Known, and the same.
    pub confirmed: u16,
    /// Known, and another.
    pub changed: u16,
    /// Not known before.
    pub new: u16,
}

impl std::ops::AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.confirmed += other.confirmed;
        self.changed += other.changed;
        self.new += other.new;
    }
}

/// An answered act, checked.
#[derive(Clone, Debug)]
pub struct PlannedAct {
    /// The form in the version that was read.
    pub form: FormRef,
    /// The act.
    pub act: ActKey,
    /// The form itself.
    pub definition: Arc<FormDefinition>,
    /// The child, when it is about one.
    pub child: Option<PersonId>,
    /// True when the round does not ask it and it was answered before: what others have said in earlier rounds stands.
    pub kept: bool,
    /// True when what others have answered is kept from the sender: her receipt tells of her own answer alone.
    pub told_alone: bool,
    /// True when a value was changed that everybody must answer to.
    pub renewed: bool,
    /// A digest of the answers to what guardians must agree on.
    pub digest: Option<i64>,
    /// The other forms that the answer calls for.
    pub calls: Vec<FormKey>,
    /// What the answer amounts to.
    pub outcome: Outcome,
    /// How its values stand to what was known.
    pub tally: Tally,
}

/// A value to be added to the history.
pub struct PlannedFact {
    /// Whom it is about.
    pub subject: PersonId,
    /// What it is.
    pub element: ElementKey,
    /// The value with its source and version.
    pub entry: Entry,
}

/// What is known about a person after the submission.
pub struct PlannedSnapshot {
    /// Whom it is about.
    pub subject: PersonId,
    /// The version that it was made from. If the stored one has moved on, nothing is written.
    pub expected: u32,
    /// The new projection.
    pub snapshot: Snapshot,
}

/// A decision that differs from the sender's latest.
pub struct PlannedDecision {
    /// The child.
    pub child: PersonId,
    /// About what.
    pub purpose: ConsentPurpose,
    /// What.
    pub choice: ConsentChoice,
    /// The sender's latest that it was made from; 0: there was none. If there is another now, nothing is written.
    pub after: i64,
    /// The version of the form whose text was read.
    pub form_version: u32,
    /// SHA-256 of the text that was read.
    pub text: ContentHash,
}

/// A submission that has been checked and only waits to be written.
pub struct SubmitPlan {
    /// Its id, made by the client.
    pub id: SubmissionId,
    /// Who sent it.
    pub sender: PersonId,
    /// The round.
    pub round: RoundId,
    /// The hash of the content.
    pub hash: ContentHash,
    /// The content.
    pub content: SubmissionContent,
    /// The submission that it changes.
    pub supersedes: Option<SubmissionId>,
    /// When the server received it.
    pub received: Timestamp,
    /// The answered acts.
    pub acts: Vec<PlannedAct>,
    /// The history.
    pub facts: Vec<PlannedFact>,
    /// What is known afterwards.
    pub snapshots: Vec<PlannedSnapshot>,
    /// The files that the answers hold.
    pub files: Vec<PlannedFile>,
    /// The decisions.
    pub decisions: Vec<PlannedDecision>,
    /// What the answers set in motion among staff.
    pub todos: Vec<PlannedTodo>,
    /// All children whom the sender decides for: what she says about herself counts for each of them.
    pub children: Vec<PersonId>,
    /// The language that was read.
    pub locale: Locale,
    /// How it was made sure who the sender is.
    pub identified: Identified,
    /// The request, as in the log.
    pub request_id: String,
    /// In what capacity, as in the audit trail.
    pub purpose: &'static str,
}

/// What came of a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Submitted {
    /// It is stored, now or before: the receipt, byte for byte as the first time.
    Receipt(String),
    /// The id was used before for another content.
    HashMismatch,
    /// The id was used before by somebody else.
    NotYours,
    /// What the plan was made from has changed. Plan again.
    Moved,
}

/// A plan whose sensitive parts are sealed: the work that needs no transaction is done before there is one.
pub(in crate::store) struct SealedPlan {
    pub(super) plan: SubmitPlan,
    pub(super) content: Vec<u8>,
    /// Id and sealed value, in the order of the plan's facts.
    pub(super) facts: Vec<(Uuid, Vec<u8>)>,
    /// In the order of the plan's snapshots.
    pub(super) snapshots: Vec<Vec<u8>>,
    pub(super) family: Family,
    /// Ids for what an answer may open, in the order of the plan's acts; used only for applications.
    pub(super) ids: Vec<[Uuid; 3]>,
    /// Ids in the order of the plan's todos.
    pub(super) todo_ids: Vec<Uuid>,
}

/// Who decides for the children of a plan, as remembered.
pub(super) struct Family {
    /// As long as the register is in this generation, on this day, it is what the database says.
    pub(super) generation: Option<Vec<u8>>,
    pub(super) day: Date,
    pub(super) children: Vec<Arc<ChildRecord>>,
}

impl SubmitPlan {
    /// True when a guardian or the pupil answers: figures are about what families have sent.
    pub(super) fn is_family(&self) -> bool {
        self.is_pupils() || self.purpose == Role::Guardian.as_str()
    }

    /// True when the pupil answers herself.
    pub(super) fn is_pupils(&self) -> bool {
        self.purpose == Role::Pupil.as_str()
    }

    /// True when what she had begun is sent with this. A code from school does not open what she has begun.
    pub(super) fn ends_draft(&self) -> bool {
        self.is_family() && self.identified != Identified::SchoolCode
    }
}

impl Store {
    /// Writes a checked submission, or recognises that it was written before. Answers after the commit.
    ///
    /// # Errors
    /// [`StoreError::Busy`] when it was not written; the same submission may be sent again.
    pub async fn submit(&self, plan: SubmitPlan) -> Result<Submitted, StoreError> {
        let family = self.family(&plan).await?;
        let sealed = self.seal_plan(plan, family)?;
        self.inner.writer.submit(sealed).await
    }

    /// The same for an answer of staff about the child of the grant.
    ///
    /// # Errors
    /// As [`Self::submit`].
    pub async fn submit_for_school(
        &self,
        grant: &Grant<AnswerForSchool>,
        plan: SubmitPlan,
    ) -> Result<Submitted, StoreError> {
        if plan.acts.iter().any(|act| act.child != grant.child()) {
            return Ok(Submitted::Moved);
        }
        self.submit(plan).await
    }

    async fn family(&self, plan: &SubmitPlan) -> Result<Family, StoreError> {
        let day = self.clock().day_of(plan.received);
        let generation = self.register(day).generation.clone();
        Ok(Family { generation, day, children: self.child_records(&plan.children, day).await? })
    }

    fn seal_plan(&self, plan: SubmitPlan, family: Family) -> Result<SealedPlan, StoreError> {
        let sealer = self.sealer();
        // Before there are many: a key that is new waits for the disk.
        let about = plan.content.acts.iter().filter_map(|act| act.child);
        let about = about.chain(plan.snapshots.iter().map(|planned| planned.subject)).chain([plan.sender]);
        sealer.make_keys(&about.map(|person| person.0).collect::<Vec<_>>())?;
        let content = sent::seal(sealer, plan.id.0, plan.sender.0, &plan.content)?;
        let mut facts = Vec::with_capacity(plan.facts.len());
        for fact in &plan.facts {
            let id = self.ids().next()?;
            let value = serde_json::to_vec(&fact.entry.value).map_err(|_| StoreError::Corrupt("fact"))?;
            facts.push((id, sealer.seal_for(fact.subject.0, "fact", "value", id, &value)?));
        }
        let mut snapshots = Vec::with_capacity(plan.snapshots.len());
        for planned in &plan.snapshots {
            let value =
                serde_json::to_vec(&planned.snapshot).map_err(|_| StoreError::Corrupt("fact_snapshot"))?;
            let subject = planned.subject.0;
            snapshots.push(sealer.seal_for(subject, "fact_snapshot", "sealed", subject, &value)?);
        }
        let mut ids = Vec::with_capacity(plan.acts.len());
        for act in &plan.acts {
            let opens = super::load::applied(act).is_some();
            let next = || self.ids().next();
            ids.push(if opens { [next()?, next()?, next()?] } else { [Uuid::nil(); 3] });
        }
        let todo_ids =
            plan.todos.iter().map(|_| Ok(self.ids().next()?)).collect::<Result<_, StoreError>>()?;
        Ok(SealedPlan { plan, content, facts, snapshots, family, ids, todo_ids })
    }
}
