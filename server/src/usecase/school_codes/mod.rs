//! Staff give a guardian without an e-identification a code, on a sheet of paper. Called by its handlers.
//!
//! Owns who gives codes, how long they hold, and what stands on the sheet. Must not keep a code, and nothing on the sheet says
//! more of a child than its first name.

mod sheet;
mod square;

use super::ReadError;
use super::names::natural;
use crate::policy::{GiveCodes, Grant, Principal, tasks_with};
use crate::store::{ChildRecord, Made, PersonRecord, Store, StoreError};
use skolstart_shared::access::Function;
use skolstart_shared::api::{CodeSheet, SchoolCodeFor, SchoolCodeLine, SchoolCodesOut};
use skolstart_shared::id::{ChangeId, PersonId};
use std::collections::HashMap;
use std::sync::Arc;

/// A letter takes some days, and lies on a table for some more.
const DAYS: i32 = 14;

/// Why a code was not made.
#[derive(Debug, thiserror::Error)]
pub enum CodeError {
    /// No such child, guardian or code, or not for the one who asks.
    #[error("not found")]
    NotFound,
    /// The id was used before for something else.
    #[error("another code under the same id")]
    Other,
    /// Not read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<ReadError> for CodeError {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::NotFound => Self::NotFound,
            ReadError::Store(error) => Self::Store(error),
        }
    }
}

type Family = (Arc<ChildRecord>, HashMap<PersonId, PersonRecord>);

/// The child with those around it, for whoever has the task of a school administrator with it.
async fn family(store: &Store, grant: &Grant<GiveCodes>, principal: &Principal) -> Result<Family, ReadError> {
    let found = store.child_of_codes(grant, store.clock().today()).await?;
    let (child, people) = found.ok_or(ReadError::NotFound)?;
    let tasks = tasks_with(principal, &child, child.is_shielded(&people));
    if tasks.contains(&Function::Administrator) { Ok((child, people)) } else { Err(ReadError::NotFound) }
}

/// Who decides for the child of the grant, and the codes that were made.
///
/// # Errors
/// [`ReadError::NotFound`] for whoever does not give codes for this child.
pub async fn list(
    store: &Store,
    grant: Grant<GiveCodes>,
    principal: &Principal,
) -> Result<SchoolCodesOut, ReadError> {
    let (child, people) = family(store, &grant, principal).await?;
    store.note(vec![grant.audit("child", Some(child.id.0))]).await?;
    let name =
        |person: &PersonId| people.get(person).map(|known| known.name.for_staff().full()).unwrap_or_default();
    let mut guardians: Vec<_> = child.guardians.iter().map(|person| (*person, name(person))).collect();
    guardians.sort_by_key(|(_, name)| natural(name));
    let line = |code: crate::store::SchoolCodeRecord| SchoolCodeLine {
        code: code.id,
        // Empty for one who no longer decides.
        guardian: name(&code.guardian),
        made: code.made,
        until: code.until,
        used: code.used,
        state: code.state,
    };
    Ok(SchoolCodesOut { guardians, codes: store.school_codes(&grant).await?.into_iter().map(line).collect() })
}

/// Makes a code, and the sheet that it stands on. `origin`: where the service is reached.
///
/// # Errors
/// See [`CodeError`].
pub async fn make(
    store: &Store,
    grant: Grant<GiveCodes>,
    principal: &Principal,
    id: ChangeId,
    whom: SchoolCodeFor,
    origin: &str,
) -> Result<CodeSheet, CodeError> {
    let (child, people) = family(store, &grant, principal).await?;
    let guardian = people.get(&whom.guardian).filter(|_| child.guardians.contains(&whom.guardian));
    let guardian = guardian.ok_or(CodeError::NotFound)?;
    // The last whole day: on the day after it, the code ends at the hour when it was made.
    let last = store.clock().today().add_days(DAYS - 1);
    let until = store.clock().now().plus_millis(i64::from(DAYS) * 86_400_000);
    let code = match store.make_school_code(&grant, id, whom.guardian, until).await? {
        Made::Code(code) => code,
        Made::Other => return Err(CodeError::Other),
    };
    let names =
        sheet::Names { guardian: &guardian.name.for_staff().full(), child: &child.name.for_staff().first() };
    sheet::sheet(whom.locale, &code, origin, &names, last).ok_or(CodeError::NotFound)
}

/// Withdraws a code.
///
/// # Errors
/// See [`CodeError`].
pub async fn withdraw(
    store: &Store,
    grant: Grant<GiveCodes>,
    principal: &Principal,
    id: ChangeId,
) -> Result<(), CodeError> {
    family(store, &grant, principal).await?;
    if store.withdraw_school_code(&grant, id).await? { Ok(()) } else { Err(CodeError::NotFound) }
}
