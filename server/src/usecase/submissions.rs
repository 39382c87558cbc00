//! What somebody has sent. Called by its handlers.

use super::{ReadError, with_code};
use crate::policy::{Grant, Principal, ReadOwnSubmissions};
use crate::store::{Published, Store};
use skolstart_shared::api::{SubmissionOut, SubmissionSummary};
use skolstart_shared::form::{FormDefinition, FormRef};
use skolstart_shared::id::SubmissionId;
use skolstart_shared::receipt::Receipt;
use std::collections::BTreeSet;

/// The actor's submissions, newest first.
///
/// # Errors
/// When they could not be read, or the reading not noted.
pub async fn list(
    store: &Store,
    grant: Grant<ReadOwnSubmissions>,
) -> Result<Vec<SubmissionSummary>, ReadError> {
    let mut sent = store.sent_submissions(&grant).await?;
    let published = store.published();
    sent.retain(|sent| !is_for_school(&published, &sent.receipt));
    store.note(vec![grant.audit("submissions", None)]).await?;
    let summary = |receipt: Receipt| SubmissionSummary {
        id: receipt.submission,
        acts: u16::try_from(receipt.acts.len()).unwrap_or(u16::MAX),
        number: receipt.number,
        received: receipt.received,
    };
    Ok(sent.into_iter().map(|sent| summary(sent.receipt)).collect())
}

/// One submission of the actor.
///
/// # Errors
/// [`ReadError::NotFound`] when the actor has not sent it, or it holds what a code from school does not open.
pub async fn get(
    store: &Store,
    grant: Grant<ReadOwnSubmissions>,
    principal: &Principal,
    id: SubmissionId,
) -> Result<SubmissionOut, ReadError> {
    let published = store.published();
    let file = store.sent_submission(&grant, id).await?;
    let file = file.filter(|file| !is_for_school(&published, &file.receipt)).ok_or(ReadError::NotFound)?;
    let is_open = |act: &skolstart_shared::submission::ActAnswer| {
        act.child.is_none_or(|child| principal.children().contains(&child))
            && with_code::can_answer(&published, &act.form, &act.act)
    };
    if principal.has_code_only() && !file.content.acts.iter().all(is_open) {
        return Err(ReadError::NotFound);
    }
    let locale = principal.locale();
    store.note(vec![grant.audit("submission", Some(id.0))]).await?;
    let answered: BTreeSet<&FormRef> = file.content.acts.iter().map(|act| &act.form).collect();
    let forms = answered.into_iter().filter_map(|form| published.form(form));
    let forms = forms.map(|form| FormDefinition::clone(form).in_locale(locale)).collect();
    Ok(SubmissionOut { receipt: file.receipt, content: file.content, forms })
}

/// True for what she answered in the service of the school: that is no paper of her own, and is seen with the child as long as
/// the task is hers.
fn is_for_school(published: &Published, receipt: &Receipt) -> bool {
    let is_staffs = |form: &FormRef, act| {
        published.form(form).and_then(|form| form.act(act)).is_some_and(|act| act.signers.staff().is_some())
    };
    receipt.acts.iter().any(|act| is_staffs(&act.form, &act.act))
}
