//! A small municipality for the tests, as SS 12000 files. Its people have one number each from the Tax Agency's list of test
//! numbers, so that sealing and searching have something to find.

use serde_json::{Value, json};
use skolstart_server::store::Store;
use skolstart_server::usecase::import::{ImportReport, import};
use skolstart_server::usecase::publish::{create_round, publish_library};
use skolstart_shared::form::Texts;
use skolstart_shared::id::{GroupId, PersonId, RoundId, UnitId};
use skolstart_shared::round::Round;
use skolstart_shared::school::SchoolYear;
use skolstart_shared::{Date, Locale};
use std::fs;
use std::path::Path;
use uuid::Uuid;

pub(crate) const NUMBERS: &str = include_str!("../../src/demo/data/test-personal-numbers.txt");

/// Telephone numbers set aside for fiction by the Post and Telecom Authority end in 605 to 699.
pub(crate) fn phone(n: usize) -> String {
    format!("+46701740{}", 605 + n % 95)
}

fn id(kind: u128, n: usize) -> Uuid {
    Uuid::from_u128((kind << 64) | (n as u128 + 1))
}

pub(crate) fn child(n: usize) -> PersonId {
    PersonId(id(1, n))
}

/// The first or the second guardian of family `n`. Every fifth family has only the first.
pub(crate) fn guardian(n: usize, second: bool) -> PersonId {
    PersonId(id(if second { 3 } else { 2 }, n))
}

pub(crate) fn has_two(n: usize) -> bool {
    n % 5 != 4
}

/// Family 1 has a protected child, family 2 a protected guardian.
pub(crate) fn is_hidden(n: usize) -> bool {
    n == 1 || n == 2
}

pub(crate) fn teacher() -> PersonId {
    PersonId(id(4, 0))
}

pub(crate) fn principal() -> PersonId {
    PersonId(id(4, 1))
}

pub(crate) fn administrator() -> PersonId {
    PersonId(id(4, 2))
}

pub(crate) fn unit(n: usize) -> UnitId {
    UnitId(id(5, n + 1))
}

pub(crate) fn group(n: usize) -> GroupId {
    GroupId(id(6, n))
}

pub(crate) fn round_id() -> RoundId {
    RoundId(id(7, 0))
}

/// Files of a municipality with this many families of one child each, in two schools with three classes each.
pub(crate) struct Municipality {
    pub(crate) organisations: Vec<Value>,
    pub(crate) persons: Vec<Value>,
    pub(crate) groups: Vec<Value>,
    pub(crate) duties: Vec<Value>,
}

pub(crate) fn municipality(families: usize) -> Municipality {
    let huvudman = json!({"id": id(5, 0), "displayName": "Provkommun", "organisationType": "Huvudman"});
    let school = |n: usize| {
        json!({"id": unit(n).0, "displayName": format!("Skola {n}"), "organisationType": "Skolenhet",
            "parentOrganisation": {"id": id(5, 0)}, "schoolTypes": ["GR"]})
    };
    let mut persons: Vec<Value> = (0..families).flat_map(family).collect();
    for (n, name) in ["Tove", "Rut", "Alva"].into_iter().enumerate() {
        persons.push(json!({"id": id(4, n), "givenName": name, "familyName": "Personal"}));
    }
    let groups = (0..6).map(|n| class(n, families)).collect();
    let duty = |n: usize, at: Uuid, role: &str| json!({"id": id(8, n), "person": {"id": id(4, n)}, "dutyAt": {"id": at}, "dutyRole": role});
    let mut teaches = duty(0, unit(0).0, "Lärare");
    let mentor = |n: usize| json!({"group": {"id": group(n).0}, "assignmentRoleType": "Mentor"});
    teaches["assignmentRole"] = json!([mentor(0), mentor(2)]);
    let duties = vec![teaches, duty(1, unit(0).0, "Rektor"), duty(2, id(5, 0), "Skoladministratör")];
    Municipality { organisations: vec![huvudman, school(0), school(1)], persons, groups, duties }
}

fn class(n: usize, families: usize) -> Value {
    let members: Vec<Value> = (0..families)
        .filter(|family| family % 6 == n)
        .map(|family| json!({"person": {"id": child(family).0}}))
        .collect();
    json!({"id": group(n).0, "displayName": format!("{}A", n + 1), "groupType": "Klass", "schoolType": "GR",
        "organisation": {"id": unit(n % 2).0}, "groupMemberships": members})
}

fn family(n: usize) -> Vec<Value> {
    let number = NUMBERS.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).nth(n).unwrap();
    let marking = |protected: bool| if protected { "Sekretessmarkering" } else { "Ingen" };
    let adult = |second: bool| {
        let person = guardian(n, second).0;
        let place = 2 * n + usize::from(second);
        json!({"id": person, "givenName": format!("Vuxen{place}"), "familyName": format!("Familj{n}"),
            "securityMarking": marking(n == 2 && !second),
            "emails": [{"value": format!("vuxen{place}@example.se"), "type": "Privat"}],
            "phoneNumbers": [{"value": phone(place), "type": "Hem", "mobile": true}]})
    };
    let responsible =
        |second| json!({"person": {"id": guardian(n, second).0}, "relationType": "Vårdnadshavare"});
    let mut family = vec![adult(false)];
    let mut responsibles = vec![responsible(false)];
    if has_two(n) {
        family.push(adult(true));
        responsibles.push(responsible(true));
    }
    family.push(json!({"id": child(n).0, "givenName": format!("Barn{n}"), "familyName": format!("Familj{n}"),
        "civicNo": {"value": number}, "birthDate": "2017-03-01", "securityMarking": marking(n == 1),
        "enrolments": [{"enroledAt": {"id": unit(n % 2).0}, "schoolType": "GR", "schoolYear": 3, "startDate": "2026-08-17"}],
        "responsibles": responsibles}));
    family
}

impl Municipality {
    pub(crate) fn write(&self, folder: &Path) {
        fs::create_dir_all(folder).unwrap();
        let page = |name: &str, data: &Vec<Value>| {
            let text = serde_json::to_string(&json!({"data": data, "pageToken": null})).unwrap();
            fs::write(folder.join(name), text).unwrap();
        };
        page("organisations.json", &self.organisations);
        page("persons.json", &self.persons);
        page("groups.json", &self.groups);
        page("duties.json", &self.duties);
    }
}

pub(crate) async fn bring_in(store: &Store, families: &Municipality, folder: &Path) -> ImportReport {
    families.write(folder);
    import(store, folder, |_, _| {}).await.unwrap()
}

/// A municipality with its forms published and a round that is open.
pub(crate) async fn settle(store: &Store, folder: &Path, families: usize) -> Round {
    let report = bring_in(store, &municipality(families), &folder.join("register")).await;
    assert!(report.rejected.is_empty(), "{report}");
    let round = Round {
        id: round_id(),
        title: Texts([(Locale::Sv, "Skolstart".to_owned())].into()),
        school_year: SchoolYear::starting(2026).unwrap(),
        opens: Date::new(2026, 8, 1).unwrap(),
        closes: Date::new(2026, 9, 15).unwrap(),
        forms: publish_library(store).await.unwrap(),
        school_forms: Vec::new(),
        grades: Vec::new(),
        units: Vec::new(),
        groups: Vec::new(),
    };
    create_round(store, &round).await.unwrap();
    round
}
