//! What the reader can do, from her capacities and the table of rights: which pages the rail names and what they offer. The server
//! decides anew for each request.

use skolstart_shared::access::{Action, Reach, Role, reach};
use skolstart_shared::api::SessionOut;
use skolstart_shared::id::UnitId;

/// True when one of her capacities reaches others with the action.
pub(super) fn may(person: &SessionOut, action: Action) -> bool {
    let whole = person.is_municipal.then_some(Role::MunicipalAdministrator);
    let mut roles = person.staff_at.iter().map(|at| at.role).chain(whole);
    roles.any(|role| reach(role, action) > Reach::Own)
}

/// The same at one unit.
pub(super) fn may_at(person: &SessionOut, unit: UnitId, action: Action) -> bool {
    person.staff_at.iter().any(|at| at.unit == unit && reach(at.role, action) > Reach::Own)
}

#[cfg(test)]
mod tests {
    use super::*;
    use skolstart_shared::api::StaffAt;
    use skolstart_shared::id::PersonId;

    fn id(number: u8) -> String {
        format!("0190f4c8-0000-7000-8000-0000000000{number:02}")
    }

    fn unit_of(number: u8) -> UnitId {
        id(number).parse().unwrap()
    }

    fn person(roles: &[(u8, Role)], is_municipal: bool) -> SessionOut {
        let at =
            |(unit, role): &(u8, Role)| StaffAt { unit: unit_of(*unit), name: String::new(), role: *role };
        let staff_at = roles.iter().map(at).collect();
        let person: PersonId = id(9).parse().unwrap();
        SessionOut { person, name: String::new(), is_guardian: true, staff_at, is_municipal }
    }

    #[test]
    fn support_has_classes_and_no_child() {
        let siv = person(&[(1, Role::Support), (2, Role::Staff)], false);
        assert!(may(&siv, Action::ReadUnits));
        assert!(may_at(&siv, unit_of(1), Action::ReadGroup) && !may_at(&siv, unit_of(1), Action::ReadChild));
        assert!(may_at(&siv, unit_of(2), Action::ReadChild));
        assert!(!may(&person(&[(1, Role::Support)], false), Action::HandleTodos));
    }

    #[test]
    fn who_works_for_the_municipality_has_what_the_role_gives() {
        let (rut, mats) = (person(&[(1, Role::Auditor)], false), person(&[], true));
        assert!(may(&rut, Action::ReadTrail) && !may(&rut, Action::ReadForms));
        assert!(may(&mats, Action::GiveMandates) && !may(&mats, Action::ReadTrail));
        assert!(!may(&person(&[], false), Action::ReadHome), "what is one's own is no page of staff");
    }
}
