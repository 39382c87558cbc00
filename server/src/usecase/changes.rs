//! Staff change the tasks of a child: they send an answer back with questions, exempt the child, let its family answer after the last
//! day, or take one of these back.
//!
//! Owns what may be changed. Called by the handler of `PutTaskChange`, and by the pages for what is asked just now. Must not
//! set a status: that follows.

use crate::policy::{ChangeTasks, Grant, Principal, tasks_about};
use crate::store::{ChangeLine, Changed, Published, Store, StoreError};
use skolstart_shared::access::Role;
use skolstart_shared::api::{ActName, ReturnedOut, TaskChange, TaskChangeIn};
use skolstart_shared::fact::Subject;
use skolstart_shared::form::{Act, ActKind, FieldKey, check_lines};
use skolstart_shared::id::{ChangeId, PersonId, RoundId};
use skolstart_shared::round::Round;
use skolstart_shared::{Code, Date, Map, Violation};

/// The longest question, and the longest reason.
const MOST: u16 = 500;

/// For how many days a family can be let in late: longer is a slip, or a round that should be opened again.
const MOST_DAYS: i32 = 92;

/// Why a change was not made.
#[derive(Debug, thiserror::Error)]
pub enum ChangeError {
    /// The round or the act does not exist.
    #[error("not found")]
    NotFound,
    /// The id was used before for another change.
    #[error("another change under the same id")]
    Other,
    /// There is nothing to change any more: somebody was faster.
    #[error("nothing to change")]
    Moved,
    /// The change breaks rules.
    #[error("the change breaks rules")]
    Invalid(Vec<Violation>),
    /// Not written.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Makes a change for the child of the grant. The same id and change again is the same as once.
///
/// # Errors
/// See [`ChangeError`].
pub async fn change(
    store: &Store,
    grant: Grant<ChangeTasks>,
    principal: &Principal,
    id: ChangeId,
    input: TaskChangeIn,
) -> Result<(), ChangeError> {
    let tasks = match grant.child() {
        Some(child) => tasks_about(store, principal, child).await?,
        None => Vec::new(),
    };
    let reads = |act: &Act| act.audience.holds(&tasks, grant.purpose() == "principal");
    let violations = check(&store.published(), &input, store.clock().today(), &reads)?;
    if !violations.is_empty() {
        return Err(ChangeError::Invalid(violations));
    }
    let role = Role::from_name(grant.purpose()).unwrap_or(Role::Staff);
    match store.change_task(&grant, id, role, input, store.clock().now()).await? {
        Changed::Done => Ok(()),
        Changed::Other => Err(ChangeError::Other),
        Changed::Moved => Err(ChangeError::Moved),
    }
}

/// `reads`: whether the actor is among those who see answers to an act. Nobody asks about an answer that is not for her.
fn check(
    published: &Published,
    input: &TaskChangeIn,
    today: Date,
    reads: &dyn Fn(&Act) -> bool,
) -> Result<Vec<Violation>, ChangeError> {
    let round = published.round(input.round).ok_or(ChangeError::NotFound)?;
    let named = |name: &ActName| {
        let mut acts = published.acts_of(round).chain(published.offered_acts());
        acts.find(|(form, act)| form.key == name.form && act.key == name.act).map(|(_, act)| act)
    };
    let act = match &input.act {
        Some(name) => Some(named(name).ok_or(ChangeError::NotFound)?),
        None => None,
    };
    Ok(match (&input.change, act) {
        (TaskChange::Return(_) | TaskChange::CancelReturn, Some(act)) if !reads(act) => {
            return Err(ChangeError::NotFound);
        }
        (TaskChange::Return(questions), Some(act)) => check_questions(act, questions),
        (TaskChange::CancelReturn, Some(act)) if may_return(act) => Vec::new(),
        (TaskChange::Return(_) | TaskChange::CancelReturn, _) => {
            vec![Violation::new("act", Code::WrongKind)]
        }
        (TaskChange::Exempt(reason), _) => check_text("change", reason),
        (TaskChange::EndExempt, _) | (TaskChange::EndLetInLate, None) => Vec::new(),
        (TaskChange::LetInLate { until }, None) => check_until(round, *until, today),
        // A family is let in to all that the round asks.
        (TaskChange::LetInLate { .. } | TaskChange::EndLetInLate, Some(_)) => {
            vec![Violation::new("act", Code::WrongKind)]
        }
    })
}

pub(super) fn check_questions(act: &Act, questions: &Map<FieldKey, String>) -> Vec<Violation> {
    if !may_return(act) {
        return vec![Violation::new("act", Code::WrongKind)];
    }
    if questions.is_empty() {
        return vec![Violation::new("change", Code::TooFew).with("least", 1)];
    }
    let one = |(field, question): (&FieldKey, &String)| match act.field(field) {
        Some(_) => check_text(&format!("change.{}", field.as_str()), question),
        None => vec![Violation::new(format!("change.{}", field.as_str()), Code::UnknownField)],
    };
    questions.iter().flat_map(one).collect()
}

/// A day that is later than the last one, and not over.
fn check_until(round: &Round, until: Date, today: Date) -> Vec<Violation> {
    let (earliest, latest) = (round.closes.add_days(1).max(today), today.add_days(MOST_DAYS));
    if until < earliest {
        vec![Violation::new("change", Code::TooEarly).with("earliest", earliest)]
    } else if until > latest {
        vec![Violation::new("change", Code::TooLate).with("latest", latest)]
    } else {
        Vec::new()
    }
}

fn check_text(path: &str, text: &str) -> Vec<Violation> {
    if text.trim().is_empty() {
        return vec![Violation::new(path, Code::Required)];
    }
    check_lines(text, MOST).into_iter().map(|found| found.under(path)).collect()
}

/// A consent is never asked about: whoever has said no has said no (GDPR art. 7.4). What staff answer is theirs, and what a
/// guardian says of herself is asked in person.
pub(super) fn may_return(act: &Act) -> bool {
    let is_asked = !matches!(act.kind, ActKind::Consent | ActKind::Information);
    is_asked && act.subject == Subject::Child && act.signers.staff().is_none() && !act.fields.is_empty()
}

/// What was asked last about an act.
pub(super) fn asked(
    lines: &[ChangeLine],
    child: PersonId,
    round: RoundId,
    name: &ActName,
) -> Option<ReturnedOut> {
    let about = |line: &&ChangeLine| {
        line.child == child && line.done.round == round && line.done.act.as_ref() == Some(name)
    };
    lines.iter().filter(about).rev().find_map(|line| match &line.done.change {
        TaskChange::Return(questions) => {
            Some(ReturnedOut { at: line.at, role: line.role, questions: questions.clone() })
        }
        _ => None,
    })
}
