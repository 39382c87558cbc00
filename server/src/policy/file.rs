//! Who reaches a file. Called by `authorize`. A file is reached like the answer that holds it: by whoever sent it, by those
//! who decide for the child and may see the element, and by staff who have a task for the child and are among the readers of
//! the element. Until an answer holds it, it is the sender's alone.

use super::authorize::{Denied, Found, of_pupil};
use super::grant::Scope;
use super::principal::Principal;
use crate::store::Store;
use skolstart_shared::access::{Action, Reach, Role, reach};
use skolstart_shared::fact::{Audience, Sharing};
use skolstart_shared::id::FileId;

pub(super) async fn of_file(
    store: &Store,
    principal: &Principal,
    action: Action,
    file: FileId,
) -> Result<Found, Denied> {
    let Some(place) = store.file_place(file).await? else { return Ok(None) };
    let is_guardians = reach(Role::Guardian, action) >= Reach::Own && principal.is_guardian();
    let decides = place.child.is_none_or(|child| principal.children().contains(&child));
    let scope = place.child.map_or(Scope::Own, Scope::Child);
    if is_guardians && decides && place.uploader == principal.person() {
        return Ok(Some((scope, Some(Role::Guardian), true)));
    }
    let (Some(child), true) = (place.child, place.is_held) else { return Ok(None) };
    let published = store.published();
    let element = place.element.as_ref().and_then(|element| published.catalogue().get(element));
    let is_shared = element.is_some_and(|element| element.sharing == Sharing::Guardians);
    if is_guardians && decides && is_shared {
        return Ok(Some((scope, Some(Role::Guardian), true)));
    }
    let found = of_pupil(store, principal, action, child).await?;
    // What belongs to no element is an answer to one form, which is the principal's to hand on.
    let is_for_all = element.is_some_and(|element| element.audience == Audience::Unit);
    Ok(found.filter(|(_, role, _)| is_for_all || *role == Some(Role::Principal)))
}
