//! Protected identity by hand: marking, naming who handles a child, saying why its page is opened, what the school calls it, taking
//! a marking away by two persons.
//!
//! Owns who may do which of these. Called by its handlers, and by the child's page for the purpose. Must not show anything
//! about a child to somebody who neither leads its unit nor handles it.

use super::ReadError;
use super::names::natural;
use crate::policy::{Grant, Principal, Protect, ReadChild};
use crate::store::{Naming, Stepped, Stepping, Store, StoreError};
use skolstart_shared::access::Role;
use skolstart_shared::api::{
    AliasIn, AliasOut, AliasStep, FamilyMember, NamedPerson, ProtectedChild, ProtectionOut, ProtectionStep,
};
use skolstart_shared::id::{ChangeId, PersonId};

/// Why a step was not done, or a page not opened.
#[derive(Debug, thiserror::Error)]
pub enum ProtectionError {
    /// No such child or person, or not for the one who asks.
    #[error("not found")]
    NotFound,
    /// It takes somebody else, or a purpose first.
    #[error("not like this")]
    Forbidden,
    /// It can be no alias.
    #[error("no alias")]
    Alias,
    /// The id was used before for something else.
    #[error("another step under the same id")]
    Other,
    /// Somebody was faster.
    #[error("nothing to do")]
    Moved,
    /// Not read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The protection of the child of the grant.
///
/// # Errors
/// [`ReadError::NotFound`] for a child that is not hidden, unless the caller leads its unit and could hide it.
pub async fn read(store: &Store, grant: Grant<Protect>) -> Result<ProtectionOut, ReadError> {
    let leads = grant.purpose() == Role::Principal.as_str();
    let file = store.protection(&grant, store.clock().today()).await?.ok_or(ReadError::NotFound)?;
    if !leads && !file.hidden {
        return Err(ReadError::NotFound);
    }
    store.note(vec![grant.audit("protected-child", grant.child().map(|child| child.0))]).await?;
    let name = |person: PersonId| {
        file.people.get(&person).map_or_else(String::new, |known| known.name.for_staff().full())
    };
    let named = |person: PersonId| NamedPerson { person, name: name(person) };
    let sorted = |mut people: Vec<NamedPerson>| {
        people.sort_by_key(|person| natural(&person.name));
        people
    };
    let candidates = file.staff.iter().filter(|person| leads && !file.handlers.contains(person));
    let openings = file.openings.iter().rev().map(|(by, opening)| {
        let mut opening = opening.clone();
        opening.name = name(*by);
        opening
    });
    let alias = store.alias(&grant).await?.filter(|_| file.hidden);
    Ok(ProtectionOut {
        alias: alias.map(|stands| AliasOut { alias: stands.alias, change: stands.change }),
        hidden: file.hidden,
        leads,
        me: grant.actor(),
        family: file
            .family
            .iter()
            .map(|member| FamilyMember {
                person: member.person,
                name: name(member.person),
                marked: member.marked,
                asked: member.asked.map(named),
            })
            .collect(),
        handlers: sorted(file.handlers.iter().map(|person| named(*person)).collect()),
        candidates: sorted(candidates.map(|person| named(*person)).collect()),
        openings: openings.collect(),
    })
}

/// The hidden children whom the caller may see, by name.
///
/// # Errors
/// When they could not be read, or the reading not noted.
pub async fn list(
    store: &Store,
    grant: Grant<Protect>,
    principal: &Principal,
) -> Result<Vec<ProtectedChild>, ReadError> {
    let leads = |unit| principal.sees_protected_at(unit);
    let mut waiting = store.hidden_children(&grant, leads, store.clock().today()).await?;
    let seen = waiting.iter().map(|one| grant.audit("protected-child", Some(one.child.id.0)));
    store.note(seen.collect()).await?;
    waiting.sort_by_cached_key(|one| {
        let name = one.child.name.for_staff();
        (natural(&name.family), natural(&name.given))
    });
    let line = |one: crate::store::WaitingChild| ProtectedChild {
        child: one.child.id,
        name: one.child.name.for_staff().full(),
        group: one.child.group,
        opened: one.opened,
        asked: one.asked,
    };
    Ok(waiting.into_iter().map(line).collect())
}

/// Does a step for the child of the grant. The same id and step again is the same as once.
///
/// # Errors
/// See [`ProtectionError`].
pub async fn step(
    store: &Store,
    grant: Grant<Protect>,
    id: ChangeId,
    step: ProtectionStep,
) -> Result<(), ProtectionError> {
    let today = store.clock().today();
    let role = Role::from_name(grant.purpose()).unwrap_or(Role::Staff);
    let file = store.protection(&grant, today).await?.ok_or(ProtectionError::NotFound)?;
    let leads = role == Role::Principal;
    let marks = leads && matches!(step, ProtectionStep::Mark(_));
    if !file.hidden && !marks {
        return Err(ProtectionError::NotFound);
    }
    let may = match step {
        // Whoever leads decides; a second person, who handles the child, can say yes to a marking being taken away.
        ProtectionStep::Mark(_) | ProtectionStep::Ask(_) | ProtectionStep::EndName(_) => leads,
        ProtectionStep::Name(whom) => {
            if leads && !file.staff.contains(&whom) {
                return Err(ProtectionError::NotFound);
            }
            leads
        }
        ProtectionStep::Withdraw(_) | ProtectionStep::Approve(_) => true,
        ProtectionStep::Open(_) | ProtectionStep::Seen => true,
    };
    if !may {
        return Err(ProtectionError::Forbidden);
    }
    let stepping = Stepping { id, step, role, at: store.clock().now() };
    outcome(store.step_protection(&grant, stepping, today).await?)
}

fn outcome(stepped: Stepped) -> Result<(), ProtectionError> {
    match stepped {
        Stepped::Done => Ok(()),
        Stepped::Other => Err(ProtectionError::Other),
        Stepped::Moved => Err(ProtectionError::Moved),
        Stepped::SamePerson => Err(ProtectionError::Forbidden),
        Stepped::NotFound => Err(ProtectionError::NotFound),
    }
}

/// Sets, changes or takes away what staff call the child of the grant: for whoever leads its unit or handles it, while it is hidden.
/// The same id and content again is the same as once.
///
/// # Errors
/// See [`ProtectionError`].
pub async fn alias(
    store: &Store,
    grant: Grant<Protect>,
    id: ChangeId,
    input: AliasIn,
) -> Result<(), ProtectionError> {
    let file = store.protection(&grant, store.clock().today()).await?.ok_or(ProtectionError::NotFound)?;
    let child = grant.child().and_then(|child| file.people.get(&child)).ok_or(ProtectionError::NotFound)?;
    if !file.hidden {
        return Err(ProtectionError::NotFound);
    }
    let alias = match input.step {
        AliasStep::Set(alias) => Some(alias.tidy()),
        AliasStep::Clear => None,
    };
    if alias.as_ref().is_some_and(|alias| alias.check().is_err() || child.name.is_told_by(alias)) {
        return Err(ProtectionError::Alias);
    }
    let role = Role::from_name(grant.purpose()).unwrap_or(Role::Staff);
    let naming = Naming { id, alias, seen: input.seen, role, at: store.clock().now() };
    outcome(store.name_by_alias(&grant, naming).await?)
}

/// True when the child, or somebody who leads to it, has protected identity.
///
/// # Errors
/// When it could not be read.
pub async fn is_hidden(store: &Store, child: PersonId) -> Result<bool, StoreError> {
    let place = store.whereabouts(child, store.clock().today()).await?;
    Ok(place.is_some_and(|place| place.hidden))
}

/// Notes that something of a hidden child was opened on another page than its own: it counts as that.
///
/// # Errors
/// When it could not be noted; then nothing is shown.
pub async fn opened(store: &Store, opening: Option<Grant<ReadChild>>) -> Result<(), StoreError> {
    let Some(grant) = opening else { return Ok(()) };
    store.note(vec![grant.audit("child", grant.child().map(|child| child.0))]).await
}

/// Whether this page of a child may be opened now. Who opens a hidden child's says why first, once an hour, unless she handles
/// the child and works in its group: that is what she is there for.
///
/// # Errors
/// [`ProtectionError::Forbidden`] when a purpose is to be said first.
pub async fn may_open(
    store: &Store,
    principal: &Principal,
    grant: &Grant<ReadChild>,
) -> Result<(), ProtectionError> {
    let (Some(child), today) = (grant.child(), store.clock().today()) else { return Ok(()) };
    if !is_hidden(store, child).await? {
        return Ok(());
    }
    let group = store.place_of(grant, today).await?.and_then(|place| place.group);
    let own_work = principal.handles(child) && group.is_some_and(|group| principal.works_in(group));
    if own_work || store.has_said_why(grant, store.clock().now()).await? {
        return Ok(());
    }
    Err(ProtectionError::Forbidden)
}
