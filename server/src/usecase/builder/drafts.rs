use super::BuilderError;
use crate::library;
use crate::policy::{EditForms, Grant, ReadForms};
use crate::store::{DraftRecord, Published, Saving, Store, StoreError};
use crate::usecase::names::natural;
use skolstart_shared::api::{
    ChangedBy, DraftIn, DraftLine, DraftOut, DraftSaved, FormsOut, PublishedForm, ReviewLine,
};
use skolstart_shared::form::builder::{DraftState, Review, state_of};
use skolstart_shared::form::check::Callable;
use skolstart_shared::form::{FormDefinition, FormKey, FormRef};
use skolstart_shared::id::{DraftId, PersonId};
use skolstart_shared::{Code, Locale, Violation};

/// What there is to build on.
///
/// # Errors
/// When it could not be read, or the reading not noted.
pub async fn list(store: &Store, grant: Grant<ReadForms>, locale: Locale) -> Result<FormsOut, StoreError> {
    let drafts = store.drafts(&grant).await?;
    store.note(vec![grant.audit("forms", None)]).await?;
    let published = store.published();
    let mut forms: Vec<PublishedForm> =
        published.newest_forms().into_iter().map(|form| published_line(form, locale)).collect();
    forms.sort_by_key(|form| natural(&form.title));
    let me = grant.actor();
    let drafts = drafts.iter().map(|draft| draft_line(&published, draft, me, locale)).collect();
    Ok(FormsOut { published: forms, drafts })
}

fn published_line(form: &FormDefinition, locale: Locale) -> PublishedForm {
    let questions =
        form.acts.iter().flat_map(|act| &act.fields).filter(|field| field.kind.is_asked()).count();
    PublishedForm {
        form: form.reference(),
        title: form.title.get(locale).to_owned(),
        questions: u32::try_from(questions).unwrap_or(u32::MAX),
        on_demand: form.is_on_demand(),
    }
}

fn draft_line(published: &Published, draft: &DraftRecord, me: PersonId, locale: Locale) -> DraftLine {
    let state = state_of(draft.revision, &draft.reviews);
    DraftLine {
        id: draft.id,
        key: draft.form.key.clone(),
        title: draft.form.title.get(locale).to_owned(),
        version: next_version(published, &draft.form.key),
        state,
        mine: state == DraftState::Asked && draft.reviews.last().is_some_and(|review| review.by == me),
        changed: draft.changed,
        by: by(draft.by, me),
    }
}

fn by(person: PersonId, me: PersonId) -> ChangedBy {
    if person == me { ChangedBy::You } else { ChangedBy::Other }
}

/// The version that a draft of this form becomes.
pub(super) fn next_version(published: &Published, key: &FormKey) -> u32 {
    published.newest(key).map_or(1, |form| form.version + 1)
}

/// A published form in one version.
///
/// # Errors
/// [`BuilderError::NotFound`] when it is not published.
pub async fn published_form(
    store: &Store,
    grant: Grant<ReadForms>,
    form: &FormRef,
) -> Result<FormDefinition, BuilderError> {
    let published = store.published();
    let found = published.form(form).ok_or(BuilderError::NotFound)?;
    store.note(vec![grant.audit("form", None)]).await?;
    Ok(FormDefinition::clone(found))
}

/// A draft, with the published version beside it.
///
/// # Errors
/// [`BuilderError::NotFound`] when there is none.
pub async fn read_draft(
    store: &Store,
    grant: Grant<ReadForms>,
    id: DraftId,
) -> Result<DraftOut, BuilderError> {
    let draft = store.draft(&grant, id).await?.ok_or(BuilderError::NotFound)?;
    store.note(vec![grant.audit("form-draft", Some(id.0))]).await?;
    draft_out(&store.published(), draft, grant.actor())
}

pub(super) fn draft_out(
    published: &Published,
    draft: DraftRecord,
    me: PersonId,
) -> Result<DraftOut, BuilderError> {
    let newest = published.newest(&draft.form.key).map(|form| FormDefinition::clone(form));
    let line = |review: &Review| ReviewLine {
        step: review.step.clone(),
        by: by(review.by, me),
        at: review.at,
        revision: review.revision,
    };
    Ok(DraftOut {
        id: draft.id,
        revision: draft.revision,
        changed: draft.changed,
        by: by(draft.by, me),
        published: newest,
        state: state_of(draft.revision, &draft.reviews),
        reviews: draft.reviews.iter().map(line).collect(),
        form: draft.form,
        callable: callable(published),
        words: library::act_words().map_err(|_| StoreError::Corrupt("library"))?,
    })
}

/// The published forms, as far as it matters to answers that may call for them.
pub(super) fn callable(published: &Published) -> Vec<Callable> {
    published.newest_forms().into_iter().map(|form| Callable::of(form)).collect()
}

/// Saves a draft as it stands, fit to be published or not: nothing that was typed is refused. It carries the elements of the
/// municipality's own that it names, as they are described here.
///
/// # Errors
/// See [`BuilderError`].
pub async fn save(
    store: &Store,
    grant: Grant<EditForms>,
    id: DraftId,
    input: DraftIn,
) -> Result<DraftSaved, BuilderError> {
    let mut form = input.form;
    let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if form.key.0.is_empty() || form.key.0.len() > 60 || !form.key.0.chars().all(is_plain) {
        return Err(BuilderError::Invalid(vec![Violation::new("key", Code::WrongKind)]));
    }
    let published = store.published();
    let version = next_version(&published, &form.key);
    form.version = version;
    let form = form.carrying(published.catalogue());
    match store.save_draft(&grant, id, input.base, &form).await? {
        Saving::Saved(revision, at) => Ok(DraftSaved { revision, version, at }),
        Saving::Stale => Err(BuilderError::Stale),
        Saving::Closed => Err(BuilderError::Closed),
        Saving::KeyTaken => Err(BuilderError::Invalid(vec![Violation::new("key", Code::Repeated)])),
    }
}

/// Throws a draft away, as it was seen. The same twice is the same as once.
///
/// # Errors
/// [`BuilderError::NotFound`] when there is none, or it is published; [`BuilderError::Stale`] when it was changed since.
pub async fn discard(
    store: &Store,
    grant: Grant<EditForms>,
    id: DraftId,
    revision: u32,
) -> Result<(), BuilderError> {
    match store.discard_draft(&grant, id, revision).await? {
        Saving::Saved(..) => Ok(()),
        Saving::Stale => Err(BuilderError::Stale),
        Saving::Closed | Saving::KeyTaken => Err(BuilderError::NotFound),
    }
}
