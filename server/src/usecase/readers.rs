//! Who has seen a child: for its guardians by role, for the principal by name. Called by its handlers.
//!
//! Lines of the audit trail are put together by day, person or role, and what was done. Must not name anybody to a guardian,
//! nor tell her what the other guardian looks at.

use super::ReadError;
use crate::policy::{Grant, Principal, ReadOwnSubmissions, ReadReaders};
use crate::store::{ReadLine, Store};
use skolstart_shared::api::ReaderLine;
use std::collections::HashMap;

/// For a guardian of the child.
///
/// # Errors
/// [`ReadError::NotFound`] for whoever something about the child is kept from: who has looked tells of what there is. Otherwise when it
/// could not be read, or the reading not noted.
pub async fn read(
    store: &Store,
    grant: Grant<ReadOwnSubmissions>,
    principal: &Principal,
) -> Result<Vec<ReaderLine>, ReadError> {
    if grant.child().is_some_and(|child| principal.kept_about(child).is_some()) {
        return Err(ReadError::NotFound);
    }
    let lines = store.readers(&grant).await?;
    store.note(vec![grant.audit("readers", grant.child().map(|child| child.0))]).await?;
    Ok(together(store, &lines, |_| String::new()))
}

/// For the principal of the child's unit.
///
/// # Errors
/// As [`read`].
pub async fn read_by_name(store: &Store, grant: Grant<ReadReaders>) -> Result<Vec<ReaderLine>, ReadError> {
    let (lines, people) = store.readers_by_name(&grant).await?;
    store.note(vec![grant.audit("readers", grant.child().map(|child| child.0))]).await?;
    let name = |line: &ReadLine| {
        let person = line
            .actor
            .and_then(|actor| people.get(&actor))
            .filter(|person| grant.sees_protected() || !person.protected);
        person.map(|person| person.name.for_staff().full()).unwrap_or_default()
    };
    Ok(together(store, &lines, name))
}

/// One line for each day, person or role, and thing done. The lines come newest first, and so do these.
fn together(store: &Store, lines: &[ReadLine], name: impl Fn(&ReadLine) -> String) -> Vec<ReaderLine> {
    let mut found: Vec<ReaderLine> = Vec::new();
    let mut places = HashMap::new();
    for line in lines {
        let name = name(line);
        // Whatever it was that somebody was refused: she saw nothing.
        let did = if line.refused { "refused" } else { line.action.as_str() };
        let key = (store.clock().day_of(line.at), name.clone(), line.purpose.as_str(), did);
        let place = *places.entry(key).or_insert_with(|| {
            let (role, did) = (line.purpose.to_string(), did.to_owned());
            found.push(ReaderLine { at: line.at, name, role, did, times: 0 });
            found.len() - 1
        });
        if let Some(line) = found.get_mut(place) {
            line.times += 1;
        }
    }
    found
}
