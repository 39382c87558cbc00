//! Who acts as a pupil, and how far she gets: from the age that the municipality sets, as long as she goes to school here. Asked at
//! sign-in and again for each request, so that a birthday, a last day of school and a change of the setting act at once. The list of
//! endpoints is the outer of two doors: what she sees and answers behind them is in `usecase::as_pupil`.

use super::principal::{Admits, Principal};
use crate::store::{Store, StoreError};
use skolstart_shared::id::PersonId;
use skolstart_shared::school::SchoolForm;

/// The endpoints that a pupil can use. Not among them: her history, who has seen her, and files, which hold what guardians have
/// said and sent.
pub(super) const OPEN: [&str; 18] = [
    "GetSession",
    "EndSession",
    "GetSessions",
    "EndOtherSessions",
    "EndOneSession",
    "GetHome",
    "GetOffer",
    "GetOwnDraft",
    "PutOwnDraft",
    "DeleteOwnDraft",
    "PutSubmission",
    "ListSubmissions",
    "GetSubmission",
    "GetConsents",
    "GetConsentReceipt",
    "PutConsentAnswerSeen",
    "GetOwnApplication",
    "PutOwnApplicationStep",
];

/// The principal in the capacities in which a way to sign in lets people act today.
///
/// # Errors
/// When the database cannot be read.
pub(crate) async fn admitted(
    store: &Store,
    principal: Principal,
    admits: Admits,
) -> Result<Principal, StoreError> {
    let pupil = admits == Admits::Pupils && is_pupil(store, principal.person()).await?;
    Ok(principal.acting(admits, pupil))
}

/// True for somebody of the age who goes to school here, or is about to. Preschool is no school in this.
async fn is_pupil(store: &Store, who: PersonId) -> Result<bool, StoreError> {
    let Some(from) = store.pupils_from() else { return Ok(false) };
    let today = store.clock().today();
    let Some(record) = store.child_in_register(who, today).await? else { return Ok(false) };
    let at_school = record.place.is_some_and(|place| place.school_form != SchoolForm::Fs);
    Ok(at_school && record.family(today).age.is_some_and(|age| age >= from))
}
