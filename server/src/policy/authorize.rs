use super::action::{ActionKind, name_of};
use super::grant::{Grant, Scope};
use super::principal::Principal;
use crate::store::{AuditEntry, Store, StoreError};
use skolstart_shared::access::{Action, Extent, Reach, Role, reach};
use skolstart_shared::id::{FileId, GroupId, PersonId, UnitId};
use std::marker::PhantomData;
use uuid::Uuid;

/// What somebody wants to act upon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Object {
    /// Whatever is one's own: own children, own units, the whole municipality for those who work with it.
    Own,
    /// A child.
    Child(PersonId),
    /// A unit.
    Unit(UnitId),
    /// A group.
    Group(GroupId),
    /// A file that somebody sent.
    File(FileId),
}

/// Why there is no grant.
#[derive(Debug, thiserror::Error)]
pub enum Denied {
    /// It does not exist for this person.
    #[error("not found")]
    NotFound,
    /// It could not be looked up.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Decides whether `principal` may do `A` to `object`, and proves it with a grant.
///
/// # Errors
/// [`Denied::NotFound`] for everything out of reach, whether it exists or not.
pub async fn authorize<A: ActionKind>(
    store: &Store,
    principal: &Principal,
    object: Object,
) -> Result<Grant<A>, Denied> {
    let found = match object {
        Object::Own => own(principal, A::ACTION),
        Object::Child(child) if A::ACTION == Action::SendFile => {
            super::file::of_sender(store, principal, child).await?
        }
        Object::Child(child) => of_child(store, principal, A::ACTION, child).await?,
        Object::File(file) => super::file::of_file(store, principal, A::ACTION, file).await?,
        Object::Unit(unit) => at_unit(principal, A::ACTION, unit),
        Object::Group(group) => of_group(store, principal, A::ACTION, group).await?,
    };
    let Some((scope, role, protected)) = found else {
        refused::<A>(store, principal, object).await;
        return Err(Denied::NotFound);
    };
    // Protected children are met in one's own work, never as support.
    let handled = if role == Some(Role::Support) { Vec::new() } else { principal.handled().to_vec() };
    Ok(Grant {
        actor: principal.person(),
        scope,
        protected,
        handled,
        purpose: purpose(role),
        request_id: principal.request_id().to_owned(),
        action: PhantomData,
    })
}

/// Notes in the audit trail that somebody named something that does not exist for her, whether it exists or not. What is asked about
/// oneself names nothing. That it could not be noted changes no answer.
pub(crate) async fn refused<A: ActionKind>(store: &Store, principal: &Principal, object: Object) {
    let (object_kind, object_id) = match object {
        Object::Own => return,
        Object::Child(child) => ("child", child.0),
        Object::Unit(unit) => ("unit", unit.0),
        Object::Group(group) => ("group", group.0),
        Object::File(file) => ("file", file.0),
    };
    let entry = entry_of(principal, A::NAME, (object_kind, object_id));
    if let Err(error) = store.note_refusal(principal.person(), entry).await {
        tracing::warn!(%error, "a refusal was not noted");
    }
}

/// What the audit trail says when a use case refuses this, after there was a grant or before anything was asked: it knows more than who
/// reaches what. `named`: a kind of thing and which, as the address has them.
pub(crate) fn refusal_of(principal: &Principal, action: Action, named: (&'static str, Uuid)) -> AuditEntry {
    entry_of(principal, name_of(action), named)
}

fn entry_of(principal: &Principal, action: &'static str, named: (&'static str, Uuid)) -> AuditEntry {
    AuditEntry {
        actor: Some(principal.person()),
        acting_for: None,
        action,
        object_kind: named.0,
        object_id: Some(named.1),
        purpose: purpose(principal.roles().last().copied()),
        outcome: "refused",
        request_id: principal.request_id().to_owned(),
    }
}

/// The scope, the role it comes from, and whether protected children may be seen.
pub(super) type Found = Option<(Scope, Option<Role>, bool)>;

fn own(principal: &Principal, action: Action) -> Found {
    let roles = principal.roles();
    let widest = roles.iter().copied().max_by_key(|role| reach(*role, action));
    match widest.map(|role| (role, reach(role, action))) {
        Some((role, Reach::Municipality)) => Some((Scope::Municipality, Some(role), false)),
        Some((role, Reach::Unit)) => Some((of_units(principal, action), Some(role), false)),
        Some((role, Reach::Own)) => Some((Scope::Own, Some(role), false)),
        // Somebody without any role still has a session to end.
        _ if action == Action::OwnSession => Some((Scope::Own, None, false)),
        _ => None,
    }
}

/// What her duties give her of the units where she works.
fn of_units(principal: &Principal, action: Action) -> Scope {
    let whole = principal.units(action, Extent::Unit);
    let mut in_part = principal.units(action, Extent::Groups);
    in_part.retain(|unit| !whole.contains(unit));
    match in_part.is_empty() {
        true => Scope::Units(whole),
        false => Scope::Groups { whole, in_part, groups: principal.groups().to_vec() },
    }
}

fn at_unit(principal: &Principal, action: Action, unit: UnitId) -> Found {
    principal.units(action, Extent::Unit).contains(&unit).then(|| {
        (Scope::Units(vec![unit]), role_at(principal, unit, action), principal.sees_protected_at(unit))
    })
}

pub(super) async fn of_child(
    store: &Store,
    principal: &Principal,
    action: Action,
    child: PersonId,
) -> Result<Found, Denied> {
    let role = principal.own_role();
    if principal.children().contains(&child) && reach(role, action) >= Reach::Own {
        // To those who decide for it, a protected child is their child like any other; and so is she to herself.
        return Ok(Some((Scope::Child(child), Some(role), true)));
    }
    of_pupil(store, principal, action, child).await
}

/// What staff reach of a child at a unit where they work. Of a child of one's own: nothing, a colleague does that.
pub(super) async fn of_pupil(
    store: &Store,
    principal: &Principal,
    action: Action,
    child: PersonId,
) -> Result<Found, Denied> {
    if principal.is_her_own(child) {
        return Ok(None);
    }
    let units = principal.units_with_children(action, Extent::Unit);
    let in_part = principal.units_with_children(action, Extent::Groups);
    let whole =
        principal.is_municipal() && reach(Role::MunicipalAdministrator, action) == Reach::Municipality;
    if units.is_empty() && in_part.is_empty() && !whole {
        return Ok(None);
    }
    let today = store.clock().today();
    let Some(place) = store.whereabouts(child, today).await? else { return Ok(None) };
    let here = |unit: &UnitId| place.units.contains(unit);
    let handles = principal.handles(child);
    // To be named to handle a child is a task with it, whatever group it is in.
    let may_see = units.iter().chain(&in_part).copied().find(|unit| {
        here(unit) && ((handles && principal.has_children_at(*unit)) || principal.sees_protected_at(*unit))
    });
    let mut unit = if place.hidden { may_see } else { may_see.or_else(|| units.iter().copied().find(here)) };
    if unit.is_none() && !place.hidden {
        let taught_at = in_part.iter().copied().find(here);
        if taught_at.is_some() && store.goes_in(child, principal.groups(), today).await? {
            unit = taught_at;
        }
    }
    let of_unit = unit.map(|unit| (Scope::Child(child), role_at(principal, unit, action), may_see.is_some()));
    // A child with protected identity is seen at its unit alone.
    let of_whole = || (Scope::Child(child), Some(Role::MunicipalAdministrator), false);
    Ok(of_unit.or_else(|| (whole && !place.hidden).then(of_whole)))
}

async fn of_group(
    store: &Store,
    principal: &Principal,
    action: Action,
    group: GroupId,
) -> Result<Found, Denied> {
    let whole = principal.units(action, Extent::Unit);
    let in_part = principal.units(action, Extent::Groups);
    if whole.is_empty() && in_part.is_empty() {
        return Ok(None);
    }
    let works_in = principal.works_in(group);
    let reaches = |unit: &UnitId| whole.contains(unit) || (works_in && in_part.contains(unit));
    let unit = store.unit_of_group(group).await?.filter(reaches);
    Ok(unit.map(|unit| {
        let scope = Scope::Group { group, unit };
        (scope, role_at(principal, unit, action), principal.sees_protected_at(unit))
    }))
}

fn role_at(principal: &Principal, unit: UnitId, action: Action) -> Option<Role> {
    let roles = principal.duties().filter(|(at, role)| *at == unit && reach(*role, action) >= Reach::Unit);
    roles.map(|(_, role)| role).max_by_key(|role| reach(*role, Action::ReadProtected))
}

fn purpose(role: Option<Role>) -> &'static str {
    match role {
        Some(Role::Guardian) => "guardian",
        Some(Role::Pupil) => "pupil",
        Some(Role::Staff) => "staff",
        Some(Role::Principal) => "principal",
        Some(Role::MunicipalAdministrator) => "municipality",
        Some(role @ (Role::ProgrammeOffice | Role::Auditor | Role::Support)) => role.as_str(),
        None => "own",
    }
}
