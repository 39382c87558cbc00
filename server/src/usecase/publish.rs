//! Forms and rounds become available. Called by `skolstart demo`, by the operator's commands and by tests.

use super::refresh_tasks::refresh_tasks;
use crate::library;
use crate::store::{Publication, Refreshed, Store, StoreError};
use skolstart_shared::form::{FormDefinition, FormRef};
use skolstart_shared::round::Round;

/// Why something was not published.
#[derive(Debug, thiserror::Error)]
pub enum PublishError {
    /// The text is not a form definition.
    #[error("not a form definition: {0}")]
    NotAForm(#[from] serde_json::Error),
    /// The version is there with another content. Published forms never change: raise the version.
    #[error("{key} version {version} is published with another content: raise the version", key = .0.key.as_str(), version = .0.version)]
    OtherForm(FormRef),
    /// The round is there with another content.
    #[error("the round is published with another content")]
    OtherRound,
    /// The round names a form that is not published.
    #[error("{key} version {version} is not published", key = .0.key.as_str(), version = .0.version)]
    UnknownForm(FormRef),
    /// The round closes before it opens.
    #[error("the round closes before it opens")]
    ClosesFirst,
    /// The store could not do it.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Publishes one form. Publishing the same again changes nothing.
///
/// # Errors
/// See [`PublishError`].
pub async fn publish_form(store: &Store, form: &FormDefinition) -> Result<FormRef, PublishError> {
    match store.publish_form(form).await? {
        Publication::New | Publication::Same => Ok(form.reference()),
        Publication::Other => Err(PublishError::OtherForm(form.reference())),
    }
}

/// Publishes the forms that ship with the program. Returns those that a school start asks of everybody, in the order that
/// guardians meet them.
///
/// # Errors
/// See [`PublishError`].
pub async fn publish_library(store: &Store) -> Result<Vec<FormRef>, PublishError> {
    let mut forms = Vec::new();
    for text in library::FORMS {
        forms.push(publish_form(store, &library::read_form(text)?).await?);
    }
    forms.truncate(library::AT_SCHOOL_START);
    Ok(forms)
}

/// Creates a round and gives everybody in its audience their tasks.
///
/// # Errors
/// See [`PublishError`].
pub async fn create_round(store: &Store, round: &Round) -> Result<Refreshed, PublishError> {
    if round.closes < round.opens {
        return Err(PublishError::ClosesFirst);
    }
    let published = store.reload_published().await?;
    if let Some(unknown) = round.forms.iter().find(|form| published.form(form).is_none()) {
        return Err(PublishError::UnknownForm(unknown.clone()));
    }
    match store.publish_round(round).await? {
        Publication::New | Publication::Same => Ok(refresh_tasks(store, round.id).await?),
        Publication::Other => Err(PublishError::OtherRound),
    }
}
