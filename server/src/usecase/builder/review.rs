use super::BuilderError;
use super::drafts::{callable, draft_out, next_version};
use crate::policy::{Grant, PublishForm};
use crate::store::{Reviewing, Store};
use skolstart_shared::api::{DraftOut, ReviewIn};
use skolstart_shared::form::builder::{NotAllowed, ReviewStep};
use skolstart_shared::form::check::{Severity, check, check_calls};
use skolstart_shared::form::{FormDefinition, check_lines};
use skolstart_shared::id::{ChangeId, DraftId};
use skolstart_shared::{Code, Violation};

/// The longest note.
const MOST: u16 = 1000;

/// Takes a step about the publishing of a draft. What the check list calls an error can be neither asked for nor approved.
///
/// # Errors
/// See [`BuilderError`].
pub async fn review(
    store: &Store,
    grant: Grant<PublishForm>,
    (id, step_id): (DraftId, ChangeId),
    input: ReviewIn,
) -> Result<DraftOut, BuilderError> {
    let published = store.published();
    let draft = store.draft(&grant, id).await?.ok_or(BuilderError::NotFound)?;
    let is_publishing = matches!(input.step, ReviewStep::Ask | ReviewStep::Approve);
    let mut errors = check(&draft.form, published.catalogue());
    errors.extend(check_calls(&draft.form, &callable(&published)));
    if is_publishing && errors.iter().any(|finding| finding.severity() == Severity::Error) {
        return Err(BuilderError::Invalid(vec![Violation::new("form", Code::RuleBroken)]));
    }
    if let ReviewStep::SendBack(note) = &input.step {
        let violations = check_note(note);
        if !violations.is_empty() {
            return Err(BuilderError::Invalid(violations));
        }
    }
    let form = FormDefinition { version: next_version(&published, &draft.form.key), ..draft.form }
        .carrying(published.catalogue());
    match store.review_draft(&grant, (id, step_id), input.revision, input.step, &form).await? {
        Reviewing::Done => {
            let draft = store.draft(&grant, id).await?.ok_or(BuilderError::NotFound)?;
            draft_out(&store.published(), draft, grant.actor())
        }
        Reviewing::NotFound => Err(BuilderError::NotFound),
        Reviewing::Other => Err(BuilderError::Other),
        Reviewing::NotAllowed(NotAllowed::SamePerson) => Err(BuilderError::SamePerson),
        Reviewing::NotAllowed(NotAllowed::Moved) => Err(BuilderError::Stale),
        Reviewing::NotAllowed(NotAllowed::Published) => Err(BuilderError::Closed),
    }
}

fn check_note(note: &str) -> Vec<Violation> {
    if note.trim().is_empty() {
        return vec![Violation::new("note", Code::Required)];
    }
    check_lines(note, MOST).into_iter().map(|found| found.under("note")).collect()
}
