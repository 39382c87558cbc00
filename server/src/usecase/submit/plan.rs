use super::SubmitError;
use super::check::{self, Checked};
use super::consents::{self, Decided};
use super::facts;
use super::set_in_motion;
use crate::policy::Principal;
use crate::store::{
    AnsweredBefore, Answers, ChildRecord, PlannedAct, PlannedDecision, PlannedFact, PlannedFile,
    PlannedSnapshot, PlannedTodo, Published, SentFile, Store, SubmitPlan,
};
use crate::usecase::{at_home, file_answers, follow_ups, kept, unit_answers, withheld};
use sha2::{Digest, Sha256};
use skolstart_shared::api::{Conflict, UnitOption};
use skolstart_shared::fact::Snapshot;
use skolstart_shared::form::ActKind;
use skolstart_shared::id::{FileId, PersonId, SubmissionId};
use skolstart_shared::round::{Outcome, Round};
use skolstart_shared::submission::{SubmissionContent, SubmissionIn};
use skolstart_shared::{Date, Locale, Timestamp};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// What a submission is checked against.
pub(super) struct Ground<'a> {
    pub(super) store: &'a Store,
    pub(super) principal: &'a Principal,
    pub(super) published: Arc<Published>,
    pub(super) round: Arc<Round>,
    pub(super) children: HashMap<PersonId, Arc<ChildRecord>>,
    pub(super) decided: Decided,
    /// What was answered before in forms that the round may not ask. Read only when there are any.
    pub(super) answered: Answers,
    /// The files that the answers name. Read only when there are any.
    pub(super) files: HashMap<FileId, SentFile>,
    /// The units that an answer can name. Read only when an act asks for one.
    pub(super) units: Vec<UnitOption>,
    /// What was answered before to acts that set something in motion. Read only when there are any.
    pub(super) before: AnsweredBefore,
    pub(super) now: Timestamp,
    pub(super) today: Date,
}

/// Checks a submission and works out everything that is to be written.
pub(super) async fn plan(
    store: &Store,
    principal: &Principal,
    id: SubmissionId,
    input: &SubmissionIn,
) -> Result<SubmitPlan, SubmitError> {
    let content = &input.content;
    let ground = ground(store, principal, content).await?;
    let checked = check::all(&ground, content)?;
    if !ground.round.is_open_on(ground.today) {
        let answered = store.own_answers(principal, content.round).await?;
        check::may_be_late(&ground, &checked, &answered)?;
    }
    let known = store.snapshots_of_own(principal).await?;
    let before = known.iter().map(|(subject, snapshot)| (*subject, snapshot.version)).collect();
    let (locale, supersedes) = (content.locale, content.supersedes);
    let mut draft = Draft { locale, supersedes, before, known, ..Draft::default() };
    for act in &checked {
        draft.take(&ground, act);
    }
    if !draft.conflicts.is_empty() {
        return Err(SubmitError::Stale(draft.conflicts));
    }
    Ok(SubmitPlan {
        id,
        sender: principal.person(),
        round: content.round,
        hash: input.hash.clone(),
        content: content.clone(),
        supersedes: content.supersedes,
        received: ground.now,
        snapshots: draft.snapshots(),
        acts: draft.acts,
        facts: draft.facts,
        decisions: draft.decisions,
        files: draft.files,
        todos: draft.todos,
        children: principal.children().to_vec(),
        locale: content.locale,
        identified: principal.identified(),
        request_id: principal.request_id().to_owned(),
        purpose: principal.own_role().as_str(),
    })
}

async fn ground<'a>(
    store: &'a Store,
    principal: &'a Principal,
    content: &SubmissionContent,
) -> Result<Ground<'a>, SubmitError> {
    let mut published = store.published();
    let knows = |published: &Published| {
        published.round(content.round).is_some()
            && content.acts.iter().all(|act| published.form(&act.form).is_some())
    };
    if !knows(&published) {
        published = store.reload_published().await?;
    }
    let round = published.round(content.round).ok_or(SubmitError::NotFound)?.clone();
    let now = store.clock().now();
    let today = store.clock().day_of(now);
    let children = store.own_children(principal, today).await?;
    let is_consent = |act: &skolstart_shared::submission::ActAnswer| {
        let form = published.form(&act.form);
        form.and_then(|form| form.act(&act.act)).is_some_and(|act| act.kind == ActKind::Consent)
    };
    // Most submissions hold no consent: do not read what is not needed.
    let decided = if content.acts.iter().any(is_consent) {
        store.own_decisions(principal).await?
    } else {
        Decided::default()
    };
    let beside = kept::beside(&published, &round, content);
    let mut answered = match beside.is_empty() {
        true => Answers::default(),
        false => store.answers_about_own(principal, &beside).await?,
    };
    withheld::own_answers(principal, &mut answered);
    let asks_for_unit = |act: &skolstart_shared::submission::ActAnswer| {
        let form = published.form(&act.form);
        form.and_then(|form| form.act(&act.act)).is_some_and(unit_answers::asks_for_one)
    };
    let units = match content.acts.iter().any(asks_for_unit) {
        true => store.units_to_choose(today).await?,
        false => Vec::new(),
    };
    let files: Vec<FileId> = content
        .acts
        .iter()
        .flat_map(|act| file_answers::named(&act.answers))
        .map(|named| named.file.id)
        .collect();
    let files = match files.is_empty() {
        true => HashMap::new(),
        false => store.files_named(principal, &files).await?,
    };
    let before = follow_ups::answered_before(store, principal, &published, content).await?;
    Ok(Ground {
        store,
        principal,
        published,
        round,
        children,
        decided,
        answered,
        files,
        units,
        before,
        now,
        today,
    })
}

/// What is to be written, as it grows act by act.
#[derive(Default)]
struct Draft {
    locale: Locale,
    supersedes: Option<SubmissionId>,
    /// The versions of what was known.
    before: HashMap<PersonId, u32>,
    known: HashMap<PersonId, Snapshot>,
    conflicts: Vec<Conflict>,
    acts: Vec<PlannedAct>,
    facts: Vec<PlannedFact>,
    decisions: Vec<PlannedDecision>,
    files: Vec<PlannedFile>,
    todos: Vec<PlannedTodo>,
}

impl Draft {
    fn take(&mut self, ground: &Ground<'_>, checked: &Checked<'_>) {
        let subject = checked.sent.child.unwrap_or(ground.principal.person());
        let kept = ground.principal.kept_about(subject);
        let mut outcome = Outcome::Answered;
        let (mut tally, mut renewed) = Default::default();
        let mut decisions = Vec::new();
        if checked.act.kind == ActKind::Consent {
            self.conflicts.extend(consents::conflicts(ground, checked, self.supersedes));
            decisions = consents::new_decisions(ground, checked, subject, self.locale);
            outcome = consents::outcome(ground, checked);
        } else {
            let hers = at_home::home_of(&self.known, ground.principal.person()).cloned();
            let snapshot = self.known.entry(subject).or_default();
            let mut shown = at_home::seen(ground.principal, subject, snapshot, hers.as_ref());
            // What is kept from her she can neither be told of nor be measured against.
            if let Some(kept) = kept {
                let seen = shown.get_or_insert_with(|| snapshot.clone());
                withheld::own_values(&ground.published, kept, ground.principal.person(), seen);
            }
            let conflicts = facts::conflicts(ground, checked, shown.as_ref().unwrap_or(snapshot));
            if conflicts.is_empty() {
                let recorded = facts::record(ground, checked, snapshot, shown.as_ref(), subject);
                (tally, renewed) = (recorded.tally, recorded.renewed);
                self.facts.extend(recorded.facts);
            }
            self.conflicts.extend(conflicts);
        }
        self.todos.extend(set_in_motion::of(ground, checked, &decisions));
        self.decisions.extend(decisions);
        let form = &checked.sent.form.key;
        self.files.extend(file_answers::planned(form, checked.act, &checked.answers));
        self.acts.push(PlannedAct {
            form: checked.sent.form.clone(),
            act: checked.act.key.clone(),
            definition: checked.form.clone(),
            child: checked.sent.child,
            kept: checked.kept,
            told_alone: kept.is_some_and(|kept| kept.keeps_form(form)),
            renewed,
            digest: digest(checked),
            calls: checked.act.called_for(&checked.answers, &check::setting(ground, checked.sent)),
            outcome,
            tally,
        });
    }

    /// The snapshots that have changed.
    fn snapshots(&mut self) -> Vec<PlannedSnapshot> {
        let known: BTreeMap<PersonId, Snapshot> = std::mem::take(&mut self.known).into_iter().collect();
        let expected = |subject: &PersonId| self.before.get(subject).copied().unwrap_or(0);
        let planned = known.into_iter().map(|(subject, snapshot)| PlannedSnapshot {
            subject,
            expected: expected(&subject),
            snapshot,
        });
        planned.filter(|planned| planned.snapshot.version != planned.expected).collect()
    }
}

/// Equal for equal answers to what guardians must agree on; nothing is compared for other acts.
fn digest(checked: &Checked<'_>) -> Option<i64> {
    let bytes = checked.act.kind.is_joint().then(|| serde_json::to_vec(&checked.answers).ok()).flatten()?;
    let start = Sha256::digest(&bytes).first_chunk::<8>().copied()?;
    Some(i64::from_be_bytes(start))
}
