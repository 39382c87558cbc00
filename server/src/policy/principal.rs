use super::{Sight, Withheld};
use crate::store::{Store, StoreError};
use skolstart_shared::Locale;
use skolstart_shared::access::{Action, Extent, Function, Reach, Role, Workplace, extent, reach, tasks};
use skolstart_shared::consent::Identified;
use skolstart_shared::id::{GroupId, PersonId, UnitId};
use skolstart_shared::people::DutyRole;
use std::collections::{BTreeSet, HashMap};
use uuid::Uuid;

/// A signed-in person with everything that rights follow from, as it is today. Made for each request: a duty or a
/// relation that ended last night gives nothing this morning.
#[derive(Debug)]
pub struct Principal {
    person: PersonId,
    children: Vec<PersonId>,
    /// The children she decides for, in whatever capacity she acts.
    family: Vec<PersonId>,
    /// What is kept from her about children of hers.
    withheld: HashMap<PersonId, Withheld>,
    pupil: bool,
    duties: Vec<Duty>,
    tasks: Vec<Task>,
    groups: Vec<GroupId>,
    handled: Vec<PersonId>,
    municipal: bool,
    /// Roles for the whole municipality that no duty gives, where she has a place at the huvudman.
    offices: Vec<Role>,
    huvudman: Option<UnitId>,
    locale: Locale,
    identified: Identified,
    request_id: String,
}

/// In which capacities a way to sign in lets people act. Who is both a guardian and on the staff acts as the one or the other;
/// who acts as a pupil acts as nothing else.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Admits {
    /// As guardians.
    Guardians,
    /// As staff.
    Staff,
    /// As pupils.
    Pupils,
    /// As guardians and staff.
    #[default]
    Both,
}

impl Admits {
    /// The name in the settings and in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Guardians => "guardians",
            Self::Staff => "staff",
            Self::Pupils => "pupils",
            Self::Both => "both",
        }
    }

    /// The one with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        let all = [Self::Guardians, Self::Staff, Self::Pupils, Self::Both];
        all.into_iter().find(|known| known.as_str() == name)
    }

    /// The page where they begin.
    pub fn start(self) -> &'static str {
        if self == Self::Staff { "/personal/" } else { "/" }
    }
}

/// In what capacity somebody works at a unit, and how much of it that gives.
#[derive(Clone, Copy, Debug)]
struct Duty {
    unit: UnitId,
    role: Role,
    extent: Extent,
}

/// A task that a duty gives. `unit`: for the children there; `None`: for those of the whole municipality. `whole`: for every
/// child there, also where a task is one group's.
#[derive(Clone, Copy, Debug)]
struct Task {
    function: Function,
    unit: Option<UnitId>,
    whole: bool,
}

/// Looks up what a person may do today. `None`: no such person, or no longer in the register.
///
/// # Errors
/// When the database cannot be read.
pub async fn principal(
    store: &Store,
    person: PersonId,
    locale: Locale,
    request_id: String,
) -> Result<Option<Principal>, StoreError> {
    store.renew_memory().await?;
    principal_of_today(store, person, locale, request_id).await
}

/// As [`principal`], for a caller who has just renewed the store's memory.
pub(crate) async fn principal_of_today(
    store: &Store,
    person: PersonId,
    locale: Locale,
    request_id: String,
) -> Result<Option<Principal>, StoreError> {
    let today = store.clock().today();
    let Some(rights) = store.rights_of(person, today).await? else { return Ok(None) };
    let now = store.clock().now();
    let given = || rights.mandates.iter().filter(|mandate| now < mandate.until);
    let at_units = given().flat_map(|given| {
        let role = given.kind.role();
        given.units.iter().map(move |unit| Duty { unit: *unit, role, extent: Extent::Unit })
    });
    let of_duties = rights.duties.iter().filter_map(|(unit, word)| {
        Some(Duty { unit: *unit, role: Role::of_duty(*word)?, extent: extent(*word) })
    });
    // What a duty gives stands last: of two that reach as far, that is the one she acts in.
    let duties = at_units.chain(of_duties).collect();
    let mut offices: Vec<Role> = given().map(|given| given.kind.role()).collect();
    offices.retain(|role| *role != Role::Support);
    offices.sort_by_key(|role| role.as_str());
    offices.dedup();
    let (children, municipal, groups) = (rights.children.clone(), rights.municipal, rights.groups.clone());
    let handled = rights.handled.clone();
    let at_units = rights.duties.iter().flat_map(|(unit, word)| {
        let whole = *word == DutyRole::Principal;
        tasks(*word, Workplace::Unit).iter().map(move |function| Task {
            function: *function,
            unit: Some(*unit),
            whole,
        })
    });
    let mut held: Vec<Task> = at_units.collect();
    if municipal {
        let all = tasks(DutyRole::Administrator, Workplace::Municipality).iter();
        held.extend(all.map(|function| Task { function: *function, unit: None, whole: true }));
    }
    let identified = Identified::NotNoted;
    Ok(Some(Principal {
        person,
        family: children.clone(),
        children,
        withheld: rights.withheld.clone(),
        pupil: false,
        duties,
        tasks: held,
        groups,
        handled,
        municipal,
        offices,
        huvudman: rights.huvudman,
        locale,
        identified,
        request_id,
    }))
}

impl Principal {
    /// Who.
    pub fn person(&self) -> PersonId {
        self.person
    }

    /// True when she decides for at least one child today.
    pub fn is_guardian(&self) -> bool {
        !self.pupil && !self.children.is_empty()
    }

    /// True for a child of her own, also when she acts as staff: nobody handles a matter of her own family (Förvaltningslagen
    /// 2017:900, section 16), nor reads what its other home has told the school alone.
    pub(crate) fn is_her_own(&self, child: PersonId) -> bool {
        self.family.contains(&child)
    }

    /// True when she acts as a pupil: for herself alone.
    pub fn is_pupil(&self) -> bool {
        self.pupil
    }

    /// In what capacity she acts for [`Self::children`].
    pub(crate) fn own_role(&self) -> Role {
        if self.pupil { Role::Pupil } else { Role::Guardian }
    }

    /// True when she is shown what she has said herself, and nothing that another guardian has.
    pub fn sees_own_only(&self) -> bool {
        self.pupil || self.has_code_only()
    }

    /// The children she decides for today, by id. For a pupil: she herself.
    pub fn children(&self) -> &[PersonId] {
        &self.children
    }

    /// What is kept from her about the children she decides for, child by child. Nearly always nothing.
    pub(crate) fn kept_from_her(&self) -> impl Iterator<Item = (&PersonId, &Withheld)> {
        self.withheld.iter().filter(|(child, _)| !self.pupil && self.children.contains(child))
    }

    /// What is kept from her about this child.
    pub(crate) fn kept_about(&self, child: PersonId) -> Option<&Withheld> {
        self.kept_from_her().find(|(kept, _)| **kept == child).map(|(_, what)| what)
    }

    /// The units where she works today, and in what capacity.
    pub fn duties(&self) -> impl Iterator<Item = (UnitId, Role)> {
        self.duties.iter().map(|duty| (duty.unit, duty.role))
    }

    /// The units of which a duty of hers gives her as much as this with the action, in order.
    pub(super) fn units(&self, action: Action, extent: Extent) -> Vec<UnitId> {
        let by_group = action.is_by_group();
        self.units_where(action, |duty| extent == if by_group { duty.extent } else { Extent::Unit })
    }

    /// The same for what is done about one child: whatever it is, a duty gives no child out of its groups.
    pub(super) fn units_with_children(&self, action: Action, extent: Extent) -> Vec<UnitId> {
        self.units_where(action, |duty| duty.extent == extent)
    }

    fn units_where(&self, action: Action, gives: impl Fn(&Duty) -> bool) -> Vec<UnitId> {
        let reaching =
            self.duties.iter().filter(|duty| reach(duty.role, action) >= Reach::Unit && gives(duty));
        let mut units: Vec<UnitId> = reaching.map(|duty| duty.unit).collect();
        units.sort();
        units.dedup();
        units
    }

    /// The groups that she has an assignment in.
    pub(super) fn groups(&self) -> &[GroupId] {
        &self.groups
    }

    /// The tasks that she has with a child at these units, in this group. A mentor has it with the children of her groups.
    pub fn tasks_with(&self, units: &[UnitId], group: Option<GroupId>) -> Vec<Function> {
        let is_hers = |task: &&Task| {
            let here = task.unit.is_none_or(|unit| units.contains(&unit));
            let of_group = task.function == Function::Mentor && !task.whole;
            here && (!of_group || group.is_some_and(|group| self.groups.contains(&group)))
        };
        let mut functions: Vec<Function> =
            self.tasks.iter().filter(is_hers).map(|task| task.function).collect();
        functions.sort_unstable();
        functions.dedup();
        functions
    }

    /// True when she sees children with protected identity at this unit.
    pub fn sees_protected_at(&self, unit: UnitId) -> bool {
        self.duties().any(|(at, role)| at == unit && reach(role, Action::ReadProtected) >= Reach::Unit)
    }

    /// The children with protected identity whom she is named to handle.
    pub fn handled(&self) -> &[PersonId] {
        &self.handled
    }

    /// True when she is named to handle this child.
    pub fn handles(&self, child: PersonId) -> bool {
        self.handled.contains(&child)
    }

    /// True when she has an assignment in this group.
    pub fn works_in(&self, group: GroupId) -> bool {
        self.groups.contains(&group)
    }

    /// True when she works with the whole municipality.
    pub fn is_municipal(&self) -> bool {
        self.municipal
    }

    /// Her roles for the whole municipality that no duty gives, and the huvudman, where she has any.
    pub fn offices(&self) -> Option<(UnitId, &[Role])> {
        self.huvudman.filter(|_| !self.offices.is_empty()).map(|huvudman| (huvudman, self.offices.as_slice()))
    }

    /// True when a duty of hers gives her children at this unit. Support sees counts, whomever she was named to handle before.
    pub(super) fn has_children_at(&self, unit: UnitId) -> bool {
        self.duties().any(|(at, role)| at == unit && role != Role::Support)
    }

    /// The language of the request.
    pub fn locale(&self) -> Locale {
        self.locale
    }

    /// The request, as in the log.
    pub fn request_id(&self) -> &str {
        &self.request_id
    }

    /// The same, with how it was made sure who she is.
    #[must_use]
    pub(crate) fn identified_by(self, identified: Identified) -> Self {
        Self { identified, ..self }
    }

    /// The same, acting in these capacities only. As a pupil only where `pupil` says that she is one.
    #[must_use]
    pub(super) fn acting(self, admits: Admits, pupil: bool) -> Self {
        match admits {
            Admits::Both => self,
            Admits::Pupils => {
                let children = if pupil { vec![self.person] } else { Vec::new() };
                let nothing = self.acting(Admits::Guardians, false);
                Self { children, pupil, handled: Vec::new(), ..nothing }
            }
            Admits::Staff => Self { children: Vec::new(), ..self },
            Admits::Guardians => {
                let (duties, tasks, groups) = (Vec::new(), Vec::new(), Vec::new());
                Self { duties, tasks, groups, municipal: false, offices: Vec::new(), ..self }
            }
        }
    }

    /// The same, for one of her children only.
    #[must_use]
    pub(crate) fn for_only(mut self, child: Option<PersonId>) -> Self {
        if let Some(child) = child {
            self.children.retain(|other| *other == child);
        }
        self
    }

    /// Whose rows her requests may meet.
    pub fn sight(&self) -> Sight {
        // Whoever reviews the trail reads all of it, and is told of nobody.
        if self.municipal || self.offices.contains(&Role::Auditor) {
            return Sight::Everybody;
        }
        let own = [self.person];
        let people = own.iter().chain(&self.children).chain(&self.handled).map(|person| person.0).collect();
        let at = self.duties().map(|(unit, _)| unit).chain(self.tasks.iter().filter_map(|task| task.unit));
        let units: BTreeSet<Uuid> = at.map(|unit| unit.0).collect();
        Sight::These { people, units: units.into_iter().collect() }
    }

    /// True when she has shown no more than a code from school: see `with_code`.
    pub fn has_code_only(&self) -> bool {
        self.identified == Identified::SchoolCode
    }

    /// How it was made sure who she is.
    pub fn identified(&self) -> Identified {
        self.identified
    }

    /// Every capacity she has, each once.
    pub fn roles(&self) -> Vec<Role> {
        let mut roles = Vec::new();
        if self.is_pupil() || self.is_guardian() {
            roles.push(self.own_role());
        }
        for (_, role) in self.duties() {
            if !roles.contains(&role) {
                roles.push(role);
            }
        }
        roles.extend(&self.offices);
        if self.municipal {
            roles.push(Role::MunicipalAdministrator);
        }
        roles
    }
}
