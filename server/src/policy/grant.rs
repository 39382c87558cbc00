use super::action::ActionKind;
use crate::store::AuditEntry;
use skolstart_shared::id::{GroupId, PersonId, UnitId};
use std::marker::PhantomData;
use uuid::Uuid;

/// What a grant reaches.
#[derive(Debug, PartialEq, Eq)]
pub enum Scope {
    /// The actor herself, and the children she decides for.
    Own,
    /// One child.
    Child(PersonId),
    /// One group.
    Group {
        /// The group.
        group: GroupId,
        /// Its unit.
        unit: UnitId,
    },
    /// Groups and figures of these units.
    Units(Vec<UnitId>),
    /// Groups and figures of units, of some of them only the groups that the actor works in.
    Groups {
        /// The units of which she reaches all groups.
        whole: Vec<UnitId>,
        /// Those of which she reaches her own.
        in_part: Vec<UnitId>,
        /// Her own groups.
        groups: Vec<GroupId>,
    },
    /// All units.
    Municipality,
}

/// Proof that somebody may do one thing. Made only by [`authorize`](super::authorize), used once, and never copied.
///
/// Nobody else can make one:
///
/// ```compile_fail,E0451
/// use skolstart_server::policy::{Grant, ReadChild, Scope};
/// # let actor: skolstart_shared::id::PersonId = unimplemented!();
/// let forged = Grant::<ReadChild> {
///     actor,
///     scope: Scope::Municipality,
///     protected: true,
///     handled: Vec::new(),
///     purpose: "principal",
///     request_id: String::new(),
///     action: std::marker::PhantomData,
/// };
/// ```
///
/// nor keep a copy of one:
///
/// ```compile_fail,E0277
/// # use skolstart_server::policy::{Grant, ReadChild};
/// fn twice(grant: &Grant<ReadChild>) -> Grant<ReadChild> {
///     Clone::clone(grant)
/// }
/// ```
///
/// What the store knows of a child it tells nobody who brings none, nor who brings one for something else:
///
/// ```
/// # use skolstart_server::policy::{Grant, ReadChild};
/// # use skolstart_server::store::Store;
/// # use skolstart_shared::Date;
/// async fn with_it(store: &Store, grant: &Grant<ReadChild>, today: Date) {
///     let _ = store.place_of(grant, today).await;
/// }
/// ```
///
/// ```compile_fail,E0308
/// # use skolstart_server::policy::{Grant, ReadHome};
/// # use skolstart_server::store::Store;
/// # use skolstart_shared::Date;
/// async fn with_another(store: &Store, grant: &Grant<ReadHome>, today: Date) {
///     let _ = store.place_of(grant, today).await;
/// }
/// ```
///
/// ```compile_fail,E0061
/// # use skolstart_server::store::Store;
/// # use skolstart_shared::Date;
/// async fn without(store: &Store, today: Date) {
///     let _ = store.place_of(today).await;
/// }
/// ```
#[derive(Debug)]
pub struct Grant<A> {
    pub(super) actor: PersonId,
    pub(super) scope: Scope,
    pub(super) protected: bool,
    pub(super) handled: Vec<PersonId>,
    pub(super) purpose: &'static str,
    pub(super) request_id: String,
    pub(super) action: PhantomData<fn() -> A>,
}

impl<A: ActionKind> Grant<A> {
    /// Who acts.
    pub fn actor(&self) -> PersonId {
        self.actor
    }

    /// What it reaches.
    pub fn scope(&self) -> &Scope {
        &self.scope
    }

    /// The child, when it is for one.
    pub fn child(&self) -> Option<PersonId> {
        match self.scope {
            Scope::Child(child) => Some(child),
            _ => None,
        }
    }

    /// The group, when it is for one.
    pub fn group(&self) -> Option<GroupId> {
        match self.scope {
            Scope::Group { group, .. } => Some(group),
            _ => None,
        }
    }

    /// True when children with protected identity may be seen too.
    pub fn sees_protected(&self) -> bool {
        self.protected
    }

    /// The children with protected identity whom the actor handles.
    pub fn handled(&self) -> &[PersonId] {
        &self.handled
    }

    /// True when this protected child may be seen.
    pub fn sees(&self, child: PersonId) -> bool {
        self.protected || self.handled.contains(&child)
    }

    /// In what capacity, as in the audit trail: `guardian`, `pupil`, `staff`, `principal`, `municipality`,
    /// `programme-office`, `auditor`, `support`.
    pub fn purpose(&self) -> &'static str {
        self.purpose
    }

    /// The request, as in the log.
    pub fn request_id(&self) -> &str {
        &self.request_id
    }

    /// The entry for the audit trail about what this grant was used for.
    pub fn audit(&self, object_kind: &'static str, object_id: Option<Uuid>) -> AuditEntry {
        AuditEntry {
            acting_for: None,
            actor: Some(self.actor),
            action: A::NAME,
            object_kind,
            object_id,
            purpose: self.purpose,
            outcome: "done",
            request_id: self.request_id.clone(),
        }
    }
}
