//! Who sends a file and who reaches it. Called by `authorize`. A file is reached like the answer that holds it: by whoever sent
//! it, by those who decide for the child and may see the element or are shown what the school has answered, and by staff who have
//! a task for the child and are among the readers of the element, or have the task that the answer goes to; of a part of a form that
//! has readers of its own only by those. Until an answer holds it, it is the sender's alone.

use super::authorize::{Denied, Found, of_child, of_pupil};
use super::grant::Scope;
use super::principal::Principal;
use super::tasks::tasks_about;
use super::withheld::Withheld;
use crate::store::{FilePlace, Published, Store};
use skolstart_shared::access::{Action, Function, Reach, Role, reach};
use skolstart_shared::fact::{Audience, Sharing};
use skolstart_shared::form::{Act, FormDefinition};
use skolstart_shared::id::{FileId, PersonId};

pub(super) async fn of_file(
    store: &Store,
    principal: &Principal,
    action: Action,
    file: FileId,
) -> Result<Found, Denied> {
    let Some(place) = store.file_place(file).await? else { return Ok(None) };
    let is_own = place.uploader == principal.person();
    if action == Action::SendFile {
        return match place.child.filter(|_| is_own) {
            Some(child) => of_sender(store, principal, child).await,
            None => {
                Ok((is_own && principal.is_guardian()).then_some((Scope::Own, Some(Role::Guardian), true)))
            }
        };
    }
    let decides = place.child.is_none_or(|child| principal.children().contains(&child));
    let is_guardians = reach(Role::Guardian, action) >= Reach::Own && principal.is_guardian() && decides;
    if is_guardians && (is_own || is_shown_to(principal, &store.published(), &place)) {
        let scope = place.child.map_or(Scope::Own, Scope::Child);
        return Ok(Some((scope, Some(Role::Guardian), true)));
    }
    let Some(child) = place.child else { return Ok(None) };
    let found = of_pupil(store, principal, action, child).await?;
    let Some((_, role, _)) = &found else { return Ok(None) };
    // At the municipality nobody reaches a file but by a task.
    let at_unit = *role != Some(Role::MunicipalAdministrator);
    if at_unit && is_own {
        return Ok(found);
    }
    if !place.is_held {
        return Ok(None);
    }
    let tasks = tasks_about(store, principal, child).await?;
    let leads = *role == Some(Role::Principal);
    let published = store.published();
    let asked = asked(&published, &place);
    // The part of the form has its readers, whatever the element says.
    if asked.is_some_and(|(_, act)| !act.audience.holds(&tasks, leads)) {
        return Ok(None);
    }
    let is_reader = at_unit
        && match audience(&published, &place) {
            Some(audience) => audience.holds(&tasks, leads),
            None => leads,
        };
    let goes_to = asked.map(|(form, act)| Audience::Only(form.goes_to(act)));
    let is_handed = goes_to.is_some_and(|readers| readers.holds(&tasks, leads));
    Ok(if is_reader || is_handed { found } else { None })
}

/// Who sends a file about a child: those who decide for it, and staff who have the task of an act that staff answer.
pub(super) async fn of_sender(
    store: &Store,
    principal: &Principal,
    child: PersonId,
) -> Result<Found, Denied> {
    let found = of_child(store, principal, Action::SendFile, child).await?;
    let is_staff = |role: &Option<Role>| *role != Some(Role::Guardian);
    if !found.as_ref().is_some_and(|(_, role, _)| is_staff(role)) {
        return Ok(found);
    }
    let published = store.published();
    let newest = published.newest_forms();
    let acts = newest.iter().flat_map(|form| &form.acts);
    let asked: Vec<Function> = acts.filter_map(|act| Some(act.signers.staff()?.0)).collect();
    let tasks = tasks_about(store, principal, child).await?;
    Ok(found.filter(|_| tasks.iter().any(|task| asked.contains(task))))
}

/// True for what this guardian is shown of what the family is: not what is kept from her.
fn is_shown_to(principal: &Principal, published: &Published, place: &FilePlace) -> bool {
    let keeps = |kept: &Withheld| {
        let form = place.answers.as_ref().is_none_or(|(form, _)| kept.keeps_form(form));
        form || place.element.as_ref().is_some_and(|element| kept.keeps_element(published, element))
    };
    let is_kept = place.child.and_then(|child| principal.kept_about(child)).is_some_and(keeps);
    !is_kept && is_shown_to_family(published, place)
}

/// True for what is told among guardians, and for what the school has answered and the family then answers to.
fn is_shown_to_family(published: &Published, place: &FilePlace) -> bool {
    let element = place.element.as_ref().and_then(|element| published.catalogue().get(element));
    let is_shared = element.is_some_and(|element| element.sharing == Sharing::Guardians);
    let is_schools = || asked(published, place).is_some_and(|(form, act)| form.is_shown_to_family(act));
    place.is_held && place.child.is_some() && (is_shared || is_schools())
}

/// Who sees the element that the file belongs to. `None`: it belongs to none.
fn audience(published: &Published, place: &FilePlace) -> Option<Audience> {
    let element = published.catalogue().get(place.element.as_ref()?)?;
    Some(element.audience.clone())
}

/// The act whose answer holds the file, as it is asked now.
fn asked<'a>(published: &'a Published, place: &FilePlace) -> Option<(&'a FormDefinition, &'a Act)> {
    let (form, act) = place.answers.as_ref().filter(|_| place.is_held)?;
    published.newest_with(form, act)
}
