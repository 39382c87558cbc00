//! What somebody has sent. Called by its handlers.

use super::ReadError;
use crate::policy::{Grant, ReadOwnSubmissions};
use crate::store::Store;
use skolstart_shared::Locale;
use skolstart_shared::api::{SubmissionOut, SubmissionSummary};
use skolstart_shared::form::{FormDefinition, FormRef};
use skolstart_shared::id::SubmissionId;
use std::collections::BTreeSet;

/// The actor's submissions, newest first.
///
/// # Errors
/// When they could not be read, or the reading not noted.
pub async fn list(
    store: &Store,
    grant: Grant<ReadOwnSubmissions>,
) -> Result<Vec<SubmissionSummary>, ReadError> {
    let sent = store.sent_submissions(&grant).await?;
    store.note(vec![grant.audit("submissions", None)]).await?;
    let summary = |receipt: skolstart_shared::receipt::Receipt| SubmissionSummary {
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
/// [`ReadError::NotFound`] when the actor has not sent it.
pub async fn get(
    store: &Store,
    grant: Grant<ReadOwnSubmissions>,
    id: SubmissionId,
    locale: Locale,
) -> Result<SubmissionOut, ReadError> {
    let file = store.sent_submission(&grant, id).await?.ok_or(ReadError::NotFound)?;
    store.note(vec![grant.audit("submission", Some(id.0))]).await?;
    let published = store.published();
    let answered: BTreeSet<&FormRef> = file.content.acts.iter().map(|act| &act.form).collect();
    let forms = answered.into_iter().filter_map(|form| published.form(form));
    let forms = forms.map(|form| FormDefinition::clone(form).in_locale(locale)).collect();
    Ok(SubmissionOut { receipt: file.receipt, content: file.content, forms })
}
