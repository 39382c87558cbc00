//! What is kept from one guardian of a child (OSL 12:3): who decides it, and with what reason. Called by its handlers. Must not
//! show anything to staff who neither lead the child's unit nor handle the child.

use super::ReadError;
use super::names::natural;
use crate::policy::{Grant, Principal, Withheld, Withhold};
use crate::store::{
    Published, Store, StoreError, Withholding, WithholdingDone, WithholdingFile, WithholdingRecord,
};
use skolstart_shared::Locale;
use skolstart_shared::access::Role;
use skolstart_shared::api::{
    MOST_REASON, NamedPerson, WithheldForm, WithholdingOut, WithholdingStep, WithholdingsOut,
};
use skolstart_shared::form::FormKey;
use skolstart_shared::id::{ChangeId, PersonId};
use std::collections::BTreeSet;

/// Why nothing was kept or ended.
#[derive(Debug, thiserror::Error)]
pub enum WithholdingError {
    /// No such child, guardian or decision, or not for the one who asks.
    #[error("not found")]
    NotFound,
    /// No reason, too long a one, a day that is over, or a form that there is not.
    #[error("not complete")]
    Invalid,
    /// The id was used before for something else.
    #[error("another decision under the same id")]
    Other,
    /// Not read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Whoever leads the unit decides, and whoever is named to handle a protected child.
fn may(grant: &Grant<Withhold>, principal: &Principal) -> bool {
    grant.purpose() == Role::Principal.as_str() || grant.child().is_some_and(|child| principal.handles(child))
}

/// What is kept about the child of the grant.
///
/// # Errors
/// [`ReadError::NotFound`] for staff who neither lead nor handle.
pub async fn read(
    store: &Store,
    grant: Grant<Withhold>,
    principal: &Principal,
) -> Result<WithholdingsOut, ReadError> {
    if !may(&grant, principal) {
        return Err(ReadError::NotFound);
    }
    let (today, locale) = (store.clock().today(), principal.locale());
    let file = store.withholdings(&grant, today).await?.ok_or(ReadError::NotFound)?;
    store.note(vec![grant.audit("withholdings", Some(file.child.id.0))]).await?;
    let published = store.published();
    let titles = titles(&published, locale);
    let (holding, over): (Vec<_>, Vec<_>) = file.decisions.iter().partition(|one| one.holds_on(today));
    let out = |one: &WithholdingRecord| WithholdingOut {
        id: one.id,
        guardian: name(&file, one.guardian),
        forms: match &one.what {
            Withheld::Everything => Vec::new(),
            Withheld::Forms(forms) => {
                let title = |key: &FormKey| titles.iter().find(|known| known.form == *key);
                forms
                    .iter()
                    .map(|key| title(key).map_or_else(|| key.0.clone(), |form| form.title.clone()))
                    .collect()
            }
        },
        reason: one.reason.clone(),
        by: name(&file, one.decided.0),
        at: one.decided.1,
        until: one.until,
        holds: one.holds_on(today),
        ended: one.ended.map(|(at, by)| (at, name(&file, by))),
    };
    let withholdings = holding.into_iter().chain(over).map(out).collect();
    let guardians = file.child.guardians.iter();
    let mut guardians: Vec<NamedPerson> =
        guardians.map(|person| NamedPerson { person: *person, name: name(&file, *person) }).collect();
    guardians.sort_by_key(|guardian| natural(&guardian.name));
    Ok(WithholdingsOut { withholdings, guardians, forms: titles })
}

fn name(file: &WithholdingFile, person: PersonId) -> String {
    file.people.get(&person).map_or_else(String::new, |known| known.name.for_staff().full())
}

/// The forms about a child, by title.
fn titles(published: &Published, locale: Locale) -> Vec<WithheldForm> {
    let forms = published.newest_forms().into_iter();
    let mut titles: Vec<WithheldForm> = forms
        .map(|form| WithheldForm { form: form.key.clone(), title: form.title.get(locale).to_owned() })
        .collect();
    titles.sort_by_key(|form| natural(&form.title));
    titles
}

/// Keeps something, or ends it. The same id and step again is the same as once.
///
/// # Errors
/// See [`WithholdingError`].
pub async fn step(
    store: &Store,
    grant: Grant<Withhold>,
    principal: &Principal,
    id: ChangeId,
    step: WithholdingStep,
) -> Result<(), WithholdingError> {
    if !may(&grant, principal) {
        return Err(WithholdingError::NotFound);
    }
    let today = store.clock().today();
    let done = match step {
        WithholdingStep::End => store.end_withholding(&grant, id).await?,
        WithholdingStep::Keep { guardian, forms, until, reason } => {
            let file = store.withholdings(&grant, today).await?.ok_or(WithholdingError::NotFound)?;
            // A decision that stands already is told again, whatever has ended since.
            let stands = file.decisions.iter().any(|known| known.id == id);
            if !stands && !file.child.guardians.contains(&guardian) {
                return Err(WithholdingError::NotFound);
            }
            let reason = reason.trim().to_owned();
            let published = store.published();
            let is_known = |key: &FormKey| published.newest_forms().into_iter().any(|form| form.key == *key);
            let fits = !reason.is_empty()
                && reason.chars().count() <= MOST_REASON
                && (stands || until.is_none_or(|until| today <= until))
                && forms.iter().all(is_known);
            if !fits {
                return Err(WithholdingError::Invalid);
            }
            let forms: BTreeSet<_> = forms.into_iter().collect();
            let what = if forms.is_empty() { Withheld::Everything } else { Withheld::Forms(forms) };
            let role = Role::from_name(grant.purpose()).unwrap_or(Role::Staff);
            store.withhold(&grant, id, Withholding { guardian, what, until, reason, role }).await?
        }
    };
    match done {
        WithholdingDone::Done => Ok(()),
        WithholdingDone::Other => Err(WithholdingError::Other),
        WithholdingDone::Missing => Err(WithholdingError::NotFound),
    }
}
