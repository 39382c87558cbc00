//! Who may do what: one table for both programs and the server.
//!
//! Owns roles, actions and how far each role reaches. `server::policy` turns a principal, an action and an object into a
//! grant; the programs use the same table to show only what can be done. Must not know a database or a session.

use crate::people::DutyRole;
use serde::{Deserialize, Serialize};

/// In what capacity somebody acts. One person can have several: a teacher is often a guardian at the same school.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Decides for at least one child today.
    Guardian,
    /// Goes to school here, and is of the age from which the municipality lets pupils sign in.
    Pupil,
    /// Works at a unit, and is not its principal.
    Staff,
    /// Leads a unit.
    Principal,
    /// Works for the huvudman with the whole municipality.
    MunicipalAdministrator,
    /// Runs what families are asked for the whole municipality, and meets no child.
    ProgrammeOffice,
    /// Reviews who has seen and changed what, and reads neither answers nor names of children.
    Auditor,
    /// Helps with the service for some hours, and sees no more than how far each child of a class has come.
    Support,
}

/// A task in the municipality that forms hand work to. Several people can have it, and one person several.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Function {
    /// *Mentor* or responsible preschool teacher of the child's group.
    Mentor,
    /// *Skoladministratör* of the unit.
    Administrator,
    /// *Rektor* of the unit.
    Principal,
    /// The kitchen that cooks for the unit.
    Kitchen,
    /// *Elevhälsan*, school health.
    SchoolHealth,
    /// Whoever publishes pictures and takes them away again.
    PictureEditor,
    /// Whoever hands out and takes back devices.
    Devices,
    /// *Handläggare* at the municipality.
    Officer,
}

impl Function {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 8] = [
        Self::Mentor,
        Self::Administrator,
        Self::Principal,
        Self::Kitchen,
        Self::SchoolHealth,
        Self::PictureEditor,
        Self::Devices,
        Self::Officer,
    ];

    /// The name in kebab case, as on the wire and in the translation keys.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Mentor => "mentor",
            Self::Administrator => "administrator",
            Self::Principal => "principal",
            Self::Kitchen => "kitchen",
            Self::SchoolHealth => "school-health",
            Self::PictureEditor => "picture-editor",
            Self::Devices => "devices",
            Self::Officer => "officer",
        }
    }

    /// The function with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|function| function.as_str() == name)
    }
}

/// Where somebody has a duty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Workplace {
    /// At a unit: for the children there.
    Unit,
    /// At the huvudman itself: for the whole municipality.
    Municipality,
}

/// The tasks that a duty gives: the one table of it. A mentor is one for the children of the groups that she has an
/// assignment in. The principal leads the unit and may do what is handed over to others there; of school health's that is to see to
/// it that it is done, not to read (see `Audience`). The kitchen has no duty of its own in the register yet: the principal and
/// the administrator take its task.
pub fn tasks(duty: DutyRole, at: Workplace) -> &'static [Function] {
    use Function::*;
    match (duty, at) {
        (DutyRole::Teacher | DutyRole::SpecialNeeds, Workplace::Unit) => &[Mentor],
        (DutyRole::Administrator, Workplace::Unit) => &[Administrator, Kitchen, PictureEditor, Devices],
        (DutyRole::Principal, Workplace::Unit) => {
            &[Principal, Mentor, Administrator, Kitchen, SchoolHealth, PictureEditor, Devices]
        }
        (DutyRole::SchoolHealth, Workplace::Unit) => &[SchoolHealth],
        (DutyRole::Administrator | DutyRole::Principal, Workplace::Municipality) => &[Officer],
        _ => &[],
    }
}

/// How much of a unit a duty there gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// The groups that one has an assignment in, and the children in them.
    Groups,
    /// All of it.
    Unit,
}

/// How much of its unit a duty gives. Who teaches has a task with those whom she teaches; administrators, principals, school health
/// and special-needs teachers have one with every child there. Somebody who stands in for a colleague has the colleague's group
/// for as long as she does (`usecase::substitutes`).
pub fn extent(duty: DutyRole) -> Extent {
    match duty {
        DutyRole::Teacher => Extent::Groups,
        DutyRole::Principal
        | DutyRole::SpecialNeeds
        | DutyRole::Administrator
        | DutyRole::SchoolHealth
        | DutyRole::Other => Extent::Unit,
    }
}

/// All roles, in the order of the matrix.
pub const ROLES: [Role; 8] = [
    Role::Guardian,
    Role::Pupil,
    Role::Staff,
    Role::Principal,
    Role::MunicipalAdministrator,
    Role::ProgrammeOffice,
    Role::Auditor,
    Role::Support,
];

/// What somebody wants to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Action {
    /// Open to everybody: sign-in, ping, the program itself.
    Anonymous,
    /// See or end one's own session.
    OwnSession,
    /// See and change the passkeys that one signs in with.
    OwnPasskeys,
    /// See one's own children, tasks and what is known.
    ReadHome,
    /// Answer acts for a child one decides for.
    Submit,
    /// See what oneself has sent and the history of one's child.
    ReadOwnSubmissions,
    /// See units and groups with counts.
    ReadUnits,
    /// See the children of a group and how far they have come.
    ReadGroup,
    /// See whose pictures may be published.
    ReadPictures,
    /// See who may collect the children of a group.
    ReadCollecting,
    /// See what is known about one child.
    ReadChild,
    /// Send a file for an answer that one may give.
    SendFile,
    /// See a file that was sent with an answer.
    ReadFile,
    /// Send an answer back with questions, exempt a child, let its family answer after the last day, and take one of these back.
    ChangeTasks,
    /// See the applications that one has a task with, and give an opinion or decide.
    HandleApplications,
    /// Answer the acts about a child that staff answer and one has the task of.
    AnswerForSchool,
    /// See what answers have set in motion and one has the task of, and say that it is done.
    HandleTodos,
    /// Take down what somebody answered about a child's consents on paper or in words.
    RecordConsent,
    /// Give a guardian without an e-identification a code to sign in with, and withdraw it.
    GiveCodes,
    /// See who eats something else at a unit, where the kitchen is one's task.
    ReadKitchen,
    /// See a child with protected identity among the others of a group.
    ReadProtected,
    /// See by name who has seen a child.
    ReadReaders,
    /// Ask for lists that leave the house, and fetch one's own.
    ExportLists,
    /// See alarms about much that was read or taken out, and say yes to another's large list.
    HandleAlarms,
    /// Mark somebody as protected, name who handles a protected child, say why its page is opened.
    Protect,
    /// Keep something about a child from one of its guardians, and end that.
    Withhold,
    /// See figures of the whole municipality, without persons.
    ReadMunicipality,
    /// Give the roles that no duty gives, and end them.
    GiveMandates,
    /// Let somebody stand in for a colleague in a group, and end that.
    GiveGroups,
    /// See who has seen and changed how much, without a word about whom.
    ReadTrail,
    /// See what is erased when its time is over, and what is held.
    ReadRetention,
    /// Hold a child or a round so that nothing of it is erased, and lift that.
    HoldRecords,
    /// See the element catalogue and the inventory of forms.
    ReadInventory,
    /// Change the element catalogue and the inventory of forms.
    EditInventory,
    /// See published forms in all versions, drafts and rounds.
    ReadForms,
    /// Write drafts of forms.
    EditForms,
    /// Ask for a draft to be published, approve what another has asked for, or send it back.
    PublishForm,
    /// Start a round, move it to a new version of a form, and move its last day.
    RunRounds,
}

impl Action {
    /// True where [`Extent::Groups`] leaves no more of a unit than one's own groups. What is not named here is bounded by tasks,
    /// by name, or is one's own; about one child everything is bounded by its groups.
    pub fn is_by_group(self) -> bool {
        use Action::*;
        matches!(
            self,
            ReadUnits
                | ReadGroup
                | ReadPictures
                | ReadCollecting
                | ReadChild
                | ReadFile
                | ChangeTasks
                | RecordConsent
        )
    }
}

/// How far a role reaches with an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    /// Not at all: the object does not exist for this role.
    Nothing,
    /// Oneself, and the children one decides for today.
    Own,
    /// Everything at the units where one has a duty today, as far as the duty goes there: see [`extent`].
    Unit,
    /// The whole municipality.
    Municipality,
}

/// How far `role` reaches with `action`. What is not named here is not allowed.
pub fn reach(role: Role, action: Action) -> Reach {
    use Action::*;
    match (role, action) {
        (_, Anonymous | OwnSession) => Reach::Own,
        // Guardians and pupils prove who they are each time, with an e-identification or as the municipality has decided.
        // Support comes from outside and for hours: with the municipality's own sign-in each time.
        (
            Role::Staff
            | Role::Principal
            | Role::MunicipalAdministrator
            | Role::ProgrammeOffice
            | Role::Auditor,
            OwnPasskeys,
        ) => Reach::Own,
        (Role::Guardian, ReadHome | Submit | ReadOwnSubmissions | SendFile | ReadFile) => Reach::Own,
        // Herself, and of that what `usecase::as_pupil` leaves; the endpoints stand in `policy::pupil`.
        (Role::Pupil, ReadHome | Submit | ReadOwnSubmissions) => Reach::Own,
        (
            Role::Staff | Role::Principal,
            ReadUnits | ReadGroup | ReadPictures | ReadCollecting | ReadChild | ReadFile,
        ) => Reach::Unit,
        // How far each child has come, and no value: what is wrong with a service shows in that.
        (Role::Support, ReadUnits | ReadGroup) => Reach::Unit,
        (Role::Staff | Role::Principal, ChangeTasks | RecordConsent | ReadKitchen | AnswerForSchool) => {
            Reach::Unit
        }
        // Only for acts that staff answer, and only the files that they have a task with: see `policy::file`.
        (Role::Staff | Role::Principal, SendFile) => Reach::Unit,
        (Role::MunicipalAdministrator, ReadFile) => Reach::Municipality,
        // Only those who have the task of a school administrator: see `usecase::school_codes`.
        (Role::Staff | Role::Principal, HandleApplications | HandleTodos | GiveCodes) => Reach::Unit,
        // The same: see `usecase::substitutes`.
        (Role::Staff | Role::Principal, GiveGroups) => Reach::Unit,
        // Only those that an officer has a task with: see `usecase::applications` and `usecase::todos`.
        (Role::MunicipalAdministrator, HandleApplications | HandleTodos) => Reach::Municipality,
        (Role::Principal, ReadProtected | ReadReaders | HandleAlarms) => Reach::Unit,
        (Role::Staff | Role::Principal, ExportLists) => Reach::Unit,
        // She sees that a list is asked for and by whom, not the list.
        (Role::MunicipalAdministrator, ExportLists | HandleAlarms) => Reach::Municipality,
        // Staff who are not the principal only where they are named: see `policy::authorize` and `usecase::protection`.
        (Role::Staff | Role::Principal, Protect) => Reach::Unit,
        // The same: see `usecase::withholdings`.
        (Role::Staff | Role::Principal, Withhold) => Reach::Unit,
        (Role::MunicipalAdministrator | Role::ProgrammeOffice, ReadInventory | EditInventory) => {
            Reach::Municipality
        }
        (
            Role::MunicipalAdministrator | Role::ProgrammeOffice,
            ReadForms | EditForms | PublishForm | RunRounds,
        ) => Reach::Municipality,
        // Figures, in which few are hidden: what follows children up is for those who have the task.
        (Role::MunicipalAdministrator | Role::ProgrammeOffice | Role::Auditor, ReadMunicipality) => {
            Reach::Municipality
        }
        (Role::MunicipalAdministrator, ReadRetention | HoldRecords | GiveMandates) => Reach::Municipality,
        // Whoever gives roles does not review herself what is done with them.
        (Role::Auditor, ReadTrail) => Reach::Municipality,
        _ => Reach::Nothing,
    }
}

impl Role {
    /// The name in kebab case, as on the wire and in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Guardian => "guardian",
            Self::Pupil => "pupil",
            Self::Staff => "staff",
            Self::Principal => "principal",
            Self::MunicipalAdministrator => "municipal-administrator",
            Self::ProgrammeOffice => "programme-office",
            Self::Auditor => "auditor",
            Self::Support => "support",
        }
    }

    /// The role with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        ROLES.into_iter().find(|role| role.as_str() == name)
    }

    /// The role that a duty at a unit gives. A duty at the huvudman itself gives [`Role::MunicipalAdministrator`], which
    /// the server decides from the organisation, not from the word.
    /// Duties we have no task for give none: nobody sees a child they have no task for.
    pub fn of_duty(role: DutyRole) -> Option<Self> {
        match role {
            DutyRole::Principal => Some(Self::Principal),
            DutyRole::Teacher | DutyRole::SpecialNeeds | DutyRole::Administrator | DutyRole::SchoolHealth => {
                Some(Self::Staff)
            }
            DutyRole::Other => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::described;

    #[test]
    fn municipal_administrator_sees_figures_and_no_child() {
        assert_eq!(reach(Role::MunicipalAdministrator, Action::ReadMunicipality), Reach::Municipality);
        assert_eq!(reach(Role::MunicipalAdministrator, Action::ReadChild), Reach::Nothing);
        assert_eq!(reach(Role::MunicipalAdministrator, Action::ReadGroup), Reach::Nothing);
    }

    #[test]
    fn roles_that_no_duty_gives_reach_no_child() {
        use Action::{
            ExportLists, HandleApplications, ReadChild, ReadCollecting, ReadFile, ReadKitchen, ReadPictures,
            ReadProtected,
        };
        for role in [Role::ProgrammeOffice, Role::Auditor, Role::Support] {
            for action in
                [ReadChild, ReadCollecting, ReadFile, ReadPictures, ReadKitchen, ReadProtected, ExportLists]
            {
                assert_eq!(reach(role, action), Reach::Nothing, "{role:?} {action:?}");
            }
            assert_eq!(reach(role, HandleApplications), Reach::Nothing, "{role:?}");
        }
        // One looks after the other.
        assert_eq!(reach(Role::MunicipalAdministrator, Action::ReadTrail), Reach::Nothing);
        assert_eq!(reach(Role::Auditor, Action::GiveMandates), Reach::Nothing);
    }

    #[test]
    fn every_task_is_somebodys_and_none_is_given_by_a_duty_that_we_do_not_know() {
        use DutyRole::{Administrator, Other, Principal, SchoolHealth, SpecialNeeds, Teacher};
        let places = [Workplace::Unit, Workplace::Municipality];
        for function in Function::ALL {
            let has = |duty| places.iter().any(|at| tasks(duty, *at).contains(&function));
            assert!([Teacher, Administrator, Principal].into_iter().any(has), "{function:?}");
            assert!(!has(Other), "{function:?}");
        }
        assert!(tasks(Teacher, Workplace::Municipality).is_empty());
        assert_eq!(tasks(SchoolHealth, Workplace::Unit), [Function::SchoolHealth]);
        assert!(tasks(SchoolHealth, Workplace::Municipality).is_empty());
        assert!(places.iter().all(|at| !tasks(Teacher, *at).contains(&Function::Principal)));
        assert_eq!(tasks(SpecialNeeds, Workplace::Unit), tasks(Teacher, Workplace::Unit));
    }

    /// What a whole unit's staff see of children is by group for those who teach, but for what they have a task of their own with.
    #[test]
    fn who_teaches_reaches_her_groups() {
        use Action::{
            AnswerForSchool, ReadChild, ReadCollecting, ReadFile, ReadGroup, ReadPictures, ReadUnits,
        };
        assert_eq!(extent(DutyRole::Teacher), Extent::Groups);
        assert_eq!(extent(DutyRole::Administrator), Extent::Unit);
        for action in [ReadUnits, ReadGroup, ReadChild, ReadCollecting, ReadPictures, ReadFile] {
            assert!(action.is_by_group(), "{action:?}");
            assert_eq!(reach(Role::Staff, action), Reach::Unit, "{action:?}");
        }
        assert!(!AnswerForSchool.is_by_group());
    }

    #[test]
    fn a_pupil_reaches_nothing_that_a_guardian_does_not() {
        let wider = described().into_iter().map(|endpoint| endpoint.action);
        let wider = wider.filter(|action| reach(Role::Pupil, *action) > reach(Role::Guardian, *action));
        assert_eq!(wider.count(), 0);
        assert_eq!(reach(Role::Pupil, Action::ReadFile), Reach::Nothing);
    }

    #[test]
    fn only_the_principal_sees_protected_children() {
        for role in ROLES {
            let expected = if role == Role::Principal { Reach::Unit } else { Reach::Nothing };
            assert_eq!(reach(role, Action::ReadProtected), expected, "{role:?}");
        }
    }
}
