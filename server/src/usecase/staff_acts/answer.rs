use super::desk::{Desk, Turn};
use super::read::answers_of;
use crate::policy::{AnswerForSchool, Grant, Principal};
use crate::store::{
    PlannedAct, PlannedFact, PlannedSnapshot, PlannedTodo, Published, SchoolFile, SentFile, Store,
    StoreError, SubmitPlan, Submitted, Tally,
};
use crate::usecase::file_answers::{self, Naming, Shelf};
use crate::usecase::follow_ups::Of;
use crate::usecase::unit_answers;
use sha2::{Digest, Sha256};
use skolstart_shared::api::{StaffAnswerIn, UnitOption};
use skolstart_shared::fact::Source;
use skolstart_shared::form::{Answered, Answers, Setting, normalise, validate};
use skolstart_shared::id::{FileId, PersonId, SubmissionId};
use skolstart_shared::round::Outcome;
use skolstart_shared::submission::{ActAnswer, ContentHash, SubmissionContent};
use skolstart_shared::{Code, Map, Timestamp, Violation};
use std::collections::HashMap;

/// Why an answer was not taken.
#[derive(Debug, thiserror::Error)]
pub enum StaffAnswerError {
    /// The child or the act does not exist, or is not the actor's to answer now.
    #[error("not found")]
    NotFound,
    /// The id was used before for another answer.
    #[error("another answer under the same id")]
    Other,
    /// The answers break rules.
    #[error("answers break rules")]
    Invalid(Vec<Violation>),
    /// Not written.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// How often an answer is checked anew because somebody else changed what it builds on.
const TRIES: usize = 4;

/// Takes an answer of staff about the child of the grant. The same id and answer again is the same as once.
///
/// # Errors
/// See [`StaffAnswerError`].
pub async fn answer(
    store: &Store,
    grant: Grant<AnswerForSchool>,
    principal: &Principal,
    id: SubmissionId,
    input: &StaffAnswerIn,
) -> Result<(), StaffAnswerError> {
    for _ in 0..TRIES {
        let (now, today) = (store.clock().now(), store.clock().today());
        let published = store.published();
        let file = store.school_file(&grant, today).await?.ok_or(StaffAnswerError::NotFound)?;
        let desk = Desk::of(&published, &file, today);
        let is_it = |turn: &Turn<'_>| {
            turn.form.reference() == input.form && turn.act.key == input.act && turn.round == input.round
        };
        let turn = desk.turns(principal).into_iter().find(is_it).ok_or(StaffAnswerError::NotFound)?;
        let setting = desk.setting();
        let asks = unit_answers::asks_for_one(turn.act);
        let units = if asks { store.units_to_choose(today).await? } else { Vec::new() };
        let files = files_of(store, &grant, &input.answers).await?;
        let me = principal.person();
        let shelf = Shelf { me, naming: Naming::School, published: &published, files: &files };
        let sent = Sent { child: file.child.id, answers: &input.answers, units: &units, shelf };
        let answers = sent.checked(&turn, &setting)?;
        let before = before(store, &grant, &desk, &turn).await?;
        let of = Of { form: turn.form, act: turn.act, child: file.child.id, subject: file.child.id, today };
        let answered = Answered { before: before.as_ref(), now: &answers, setting: &setting, withdrawn: &[] };
        let todos = of.todos(answered);
        let purpose = grant.purpose();
        let writing = Writing { principal, purpose, published: &published, file: &file, now };
        let plan = writing.plan(id, &turn, &answers, todos)?;
        match store.submit_for_school(&grant, plan).await? {
            Submitted::Receipt(_) => return Ok(()),
            Submitted::HashMismatch | Submitted::NotYours => return Err(StaffAnswerError::Other),
            Submitted::Moved => {}
        }
    }
    Err(StaffAnswerError::Store(StoreError::Busy))
}

/// The files that the answers name, as they are kept.
async fn files_of(
    store: &Store,
    grant: &Grant<AnswerForSchool>,
    answers: &Answers,
) -> Result<HashMap<FileId, SentFile>, StoreError> {
    let named: Vec<FileId> = file_answers::named(answers).iter().map(|one| one.file.id).collect();
    if named.is_empty() { Ok(HashMap::new()) } else { store.files_about(grant, &named).await }
}

/// What staff last answered to the act.
async fn before(
    store: &Store,
    grant: &Grant<AnswerForSchool>,
    desk: &Desk<'_>,
    turn: &Turn<'_>,
) -> Result<Option<Answers>, StoreError> {
    let answered = desk.answered(turn).into_iter().rev().find(|one| one.act.key == turn.act.key);
    let Some(one) = answered else { return Ok(None) };
    let (contents, _) = store.sent_about(grant, &[(one.by, one.sent)]).await?;
    Ok(answers_of(&contents, desk, turn.form, &one))
}

/// What was sent, with what it is checked against.
struct Sent<'a> {
    child: PersonId,
    answers: &'a Answers,
    units: &'a [UnitOption],
    shelf: Shelf<'a>,
}

impl Sent<'_> {
    /// What is kept of the answers.
    fn checked(&self, turn: &Turn<'_>, setting: &Setting) -> Result<Answers, StaffAnswerError> {
        let answers = self.shelf.as_kept(normalise(turn.act, self.answers, setting));
        let mut violations = unknown(turn, self.answers);
        violations.extend(validate(turn.act, &answers, setting));
        violations.extend(unit_answers::unknown(turn.act, &answers, self.units));
        violations.extend(self.shelf.missing(&as_sent(turn, self.child, &answers), turn.act, &answers));
        if violations.is_empty() { Ok(answers) } else { Err(StaffAnswerError::Invalid(violations)) }
    }
}

fn as_sent(turn: &Turn<'_>, child: PersonId, answers: &Answers) -> ActAnswer {
    ActAnswer {
        form: turn.form.reference(),
        act: turn.act.key.clone(),
        child: Some(child),
        answers: answers.clone(),
        base: Map::default(),
    }
}

fn unknown(turn: &Turn<'_>, answers: &Answers) -> Vec<Violation> {
    let keys = answers.0.keys().filter(|key| turn.act.field(key).is_none());
    keys.map(|key| Violation::new(key.as_str(), Code::UnknownField)).collect()
}

/// What an answer is written from.
struct Writing<'a> {
    principal: &'a Principal,
    purpose: &'static str,
    published: &'a Published,
    file: &'a SchoolFile,
    now: Timestamp,
}

impl Writing<'_> {
    fn plan(
        &self,
        id: SubmissionId,
        turn: &Turn<'_>,
        answers: &Answers,
        todos: Vec<PlannedTodo>,
    ) -> Result<SubmitPlan, StaffAnswerError> {
        let (child, form) = (self.file.child.id, turn.form.reference());
        let sent = as_sent(turn, child, answers);
        let locale = self.principal.locale();
        let content = SubmissionContent { round: turn.round, locale, acts: vec![sent], supersedes: None };
        let bytes = content.canonical_bytes().map_err(|_| StoreError::Corrupt("submission"))?;
        let (facts, snapshot) = self.facts(turn, answers);
        let definition = self.published.form(&form).ok_or(StaffAnswerError::NotFound)?.clone();
        Ok(SubmitPlan {
            id,
            sender: self.principal.person(),
            round: turn.round,
            hash: ContentHash::of_digest(&Sha256::digest(&bytes)),
            content,
            supersedes: None,
            received: self.now,
            acts: vec![PlannedAct {
                told_alone: false,
                form,
                act: turn.act.key.clone(),
                definition,
                child: Some(child),
                kept: false,
                renewed: false,
                digest: None,
                calls: Vec::new(),
                outcome: Outcome::Answered,
                tally: Tally::default(),
            }],
            facts,
            snapshots: snapshot.into_iter().collect(),
            files: file_answers::planned(&turn.form.key, turn.act, answers),
            decisions: Vec::new(),
            todos,
            children: vec![child],
            locale,
            identified: self.principal.identified(),
            request_id: self.principal.request_id().to_owned(),
            purpose: self.purpose,
        })
    }

    /// What becomes known: what staff say stands as theirs.
    fn facts(&self, turn: &Turn<'_>, answers: &Answers) -> (Vec<PlannedFact>, Option<PlannedSnapshot>) {
        let (subject, me) = (self.file.child.id, self.principal.person());
        let mut snapshot = self.file.snapshot.clone();
        let mut facts = Vec::new();
        for field in &turn.act.fields {
            let element =
                field.element.as_ref().filter(|element| self.published.catalogue().get(element).is_some());
            let (Some(element), Some(value)) = (element, answers.get(&field.key)) else { continue };
            let entry = snapshot.record(element, value.clone(), Source::Staff, Some(me), self.now);
            facts.push(PlannedFact { subject, element: element.clone(), entry });
        }
        let expected = self.file.snapshot.version;
        let changed = (!facts.is_empty()).then_some(PlannedSnapshot { subject, expected, snapshot });
        (facts, changed)
    }
}
