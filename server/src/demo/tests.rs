//! The demo municipality, read back with the reader that the import uses.

use super::schema_check::Schemas;
use super::{Cast, LEAST_CHILDREN, PersonaKind, Summary, cast, write};
use crate::register::ss12000::{Duty, Folder, Found, Group, Organisation, Person, Placement, Rejected};
use serde_json::Value;
use skolstart_shared::Date;
use skolstart_shared::contact::{Email, Phone, PostalCode};
use skolstart_shared::people::{DutyRole, RelationKind, SecurityMarking};
use skolstart_shared::personal_number::PersonalNumberKind;
use skolstart_shared::school::{GroupKind, OrganisationKind, SchoolForm};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::LazyLock;
use uuid::Uuid;

const SEED: u64 = 1;
const YEAR: i32 = 2026;

/// Everything read back.
struct Register {
    summary: Summary,
    organisations: Vec<Organisation>,
    persons: HashMap<Uuid, Person>,
    groups: Vec<Group>,
    duties: Vec<Duty>,
    placements: Vec<Placement>,
}

static DEFAULT: LazyLock<Register> = LazyLock::new(|| register(4600));

fn register(children: usize) -> Register {
    let folder = tempfile::tempdir().unwrap();
    let summary = write(folder.path(), SEED, children, YEAR).unwrap();
    let files = Folder::open(folder.path()).unwrap();
    assert_eq!(files.check(), []);
    let mut read = Register {
        summary,
        organisations: Vec::new(),
        persons: HashMap::new(),
        groups: Vec::new(),
        duties: Vec::new(),
        placements: Vec::new(),
    };
    files.each_organisation(|found| keep(found, |record| read.organisations.push(record))).unwrap();
    files.each_group(|found| keep(found, |record| read.groups.push(record))).unwrap();
    files.each_duty(|found| keep(found, |record| read.duties.push(record))).unwrap();
    files.each_placement(|found| keep(found, |record| read.placements.push(record))).unwrap();
    files
        .each_person(|found| {
            keep(found, |record| {
                assert!(read.persons.insert(record.id, record).is_none(), "one id for two persons")
            })
        })
        .unwrap();
    read
}

fn keep<T>(found: Result<Found<T>, Rejected>, mut take: impl FnMut(T)) -> ControlFlow<()> {
    match found {
        Ok(found) => take(found.record),
        Err(rejected) => panic!("{rejected}"),
    }
    ControlFlow::Continue(())
}

impl Register {
    fn children(&self) -> impl Iterator<Item = &Person> {
        self.persons.values().filter(|person| !person.responsibles.is_empty())
    }

    fn unit_named(&self, name: &str) -> Uuid {
        self.organisations.iter().find(|unit| unit.display_name == name).unwrap().id
    }

    fn group(&self, unit: &str, name: &str) -> &Group {
        let unit = self.unit_named(unit);
        self.groups.iter().find(|group| group.organisation.id == unit && group.display_name == name).unwrap()
    }

    fn duty(&self, who: Cast) -> &Duty {
        self.duties.iter().find(|duty| duty.person.id == who.id()).unwrap()
    }
}

fn bytes(folder: &Path, seed: u64) -> BTreeMap<std::ffi::OsString, Vec<u8>> {
    write(folder, seed, 300, YEAR).unwrap();
    let file = |entry: std::io::Result<std::fs::DirEntry>| {
        let entry = entry.unwrap();
        (entry.file_name(), std::fs::read(entry.path()).unwrap())
    };
    std::fs::read_dir(folder).unwrap().map(file).collect()
}

#[test]
fn the_same_seed_gives_the_same_bytes_and_another_seed_others() {
    let [one, two, other] = [(), (), ()].map(|()| tempfile::tempdir().unwrap());
    let first = bytes(one.path(), 7);
    assert!(first == bytes(two.path(), 7));
    assert!(first != bytes(other.path(), 8));
}

#[test]
fn every_number_is_a_test_number_or_temporary_and_used_once() {
    let today = Date::new(YEAR, 8, 20).unwrap();
    let known: HashSet<_> = include_str!("data/test-personal-numbers.txt").lines().collect();
    let (mut seen, mut temporary) = (HashSet::new(), 0);
    for person in DEFAULT.persons.values() {
        let number = person.personal_number(today).unwrap().unwrap();
        assert!(seen.insert(number.as_str12().to_owned()));
        assert_eq!(Some(number.birth_date()), person.birth_date);
        match number.kind() {
            PersonalNumberKind::Temporary => temporary += 1,
            _ => assert!(known.contains(number.as_str12())),
        }
    }
    assert_eq!(temporary, DEFAULT.summary.temporary_numbers);
    let youngest = DEFAULT.children().filter(|child| child.birth_date.unwrap().year() == 2025).count();
    assert_eq!(temporary, youngest, "only children born in 2025, of whom no test number exists");
    assert_eq!(DEFAULT.summary.without_number, 0);
}

#[test]
fn a_large_municipality_stays_unique_with_temporary_numbers() {
    let large = register(9_000);
    assert_eq!(large.children().count(), 9_000);
    let numbers: Vec<_> =
        large.persons.values().filter_map(|person| Some(&person.civic_no.as_ref()?.value)).collect();
    assert_eq!(numbers.len() + large.summary.without_number, large.persons.len());
    assert_eq!(numbers.iter().collect::<HashSet<_>>().len(), numbers.len());
    assert!(large.summary.temporary_numbers > 1000);
}

#[test]
fn sizes_are_those_of_schools() {
    let read = &*DEFAULT;
    assert_eq!((read.summary.children, read.children().count()), (4600, 4600));
    for group in &read.groups {
        let size = group.group_memberships.len();
        let bounds = match group.school_type.and_then(|form| form.form()) {
            Some(SchoolForm::Fs) => 12..=19,
            Some(SchoolForm::Fklass) => 18..=26,
            Some(SchoolForm::Gr) => 21..=27,
            _ => 30..=140,
        };
        assert!(bounds.contains(&size), "{} has {size}", group.display_name);
    }
    let names: HashSet<_> = read.organisations.iter().map(|unit| &unit.display_name).collect();
    assert_eq!(names.len(), read.organisations.len(), "two units share a name");
    let grades: BTreeSet<_> =
        read.children().flat_map(|child| &child.enrolments).filter_map(|place| place.school_year).collect();
    assert_eq!(grades, (0..=9).collect());
}

#[test]
fn families_have_one_to_three_children_and_one_to_three_adults() {
    let read = &*DEFAULT;
    let mut children_of: BTreeMap<Uuid, usize> = BTreeMap::new();
    for child in read.children() {
        assert!((1..=3).contains(&child.responsibles.len()));
        child.responsibles.iter().for_each(|adult| *children_of.entry(adult.person.id).or_default() += 1);
        let first_adult = &read.persons[&child.responsibles[0].person.id];
        assert!(first_adult.birth_date < child.birth_date);
    }
    assert_eq!(children_of.len(), read.summary.guardians);
    let with = |count| children_of.values().filter(|children| **children == count).count();
    assert!(with(1) > 1000 && with(2) > 1000 && with(3) > 300);
    assert_eq!(with(1) + with(2) + with(3), children_of.len());
    let god_man = |child: &&Person| child.responsibles[0].relation_type == RelationKind::AppointedGuardian;
    assert!((5..100).contains(&read.children().filter(god_man).count()));
    let alone = read.children().filter(|child| child.responsibles.len() == 1).count();
    assert!((300..700).contains(&alone), "{alone}");
    let no_email = children_of.keys().filter(|adult| read.persons[adult].emails.is_empty()).count();
    let no_phone = children_of.keys().filter(|adult| read.persons[adult].phone_numbers.is_empty()).count();
    assert!(no_email > 100 && no_phone > 50, "{no_email} {no_phone}");
}

#[test]
fn parents_were_adults_when_their_children_were_born() {
    for child in DEFAULT.children() {
        let born = child.birth_date.unwrap();
        for adult in &child.responsibles {
            let age = DEFAULT.persons[&adult.person.id].birth_date.unwrap().age_on(born);
            assert!((16..=60).contains(&age), "{age}");
        }
    }
}

#[test]
fn protected_people_are_few_of_both_kinds_and_carry_no_address() {
    let marked = |marking| DEFAULT.children().filter(move |child| child.security_marking == marking).count();
    assert!(
        marked(SecurityMarking::Sekretessmarkering) > 0 && marked(SecurityMarking::SkyddadFolkbokforing) > 0
    );
    assert!((5..=30).contains(&DEFAULT.summary.protected_children), "{}", DEFAULT.summary.protected_children);
    for person in DEFAULT.persons.values() {
        let protected = person.security_marking.is_protected();
        assert!(!protected || person.addresses.is_empty());
        for adult in person.responsibles.iter().filter(|_| protected) {
            assert!(DEFAULT.persons[&adult.person.id].security_marking.is_protected());
        }
    }
}

#[test]
fn contact_data_can_be_read_and_reaches_nobody() {
    let fiction = ["+4670174", "+46846500", "+46313900", "+46406280"];
    for person in DEFAULT.persons.values() {
        for email in &person.emails {
            Email::parse(&email.value).unwrap();
            assert!(email.value.ends_with("@example.org") || email.value.ends_with(".example"));
        }
        for phone in &person.phone_numbers {
            let number = Phone::parse(&phone.value).unwrap();
            assert!(fiction.iter().any(|start| number.as_str().starts_with(start)), "{}", phone.value);
        }
        for address in &person.addresses {
            let code = PostalCode::parse(address.postal_code.as_deref().unwrap()).unwrap();
            assert!(code.as_str().starts_with("99"));
        }
    }
}

#[test]
fn every_reference_leads_to_a_record() {
    let read = &*DEFAULT;
    let units: HashSet<_> = read.organisations.iter().map(|unit| unit.id).collect();
    let groups: HashSet<_> = read.groups.iter().map(|group| group.id).collect();
    let person = |id: Uuid| assert!(read.persons.contains_key(&id));
    assert_eq!((units.len(), groups.len()), (read.organisations.len(), read.groups.len()));
    for unit in &read.organisations {
        assert!(unit.parent_organisation.is_none_or(|parent| units.contains(&parent.id)));
    }
    for group in &read.groups {
        assert!(units.contains(&group.organisation.id));
        group.group_memberships.iter().for_each(|member| person(member.person.id));
    }
    for duty in &read.duties {
        person(duty.person.id);
        assert!(units.contains(&duty.duty_at.id));
        assert!(duty.assignment_role.iter().all(|task| groups.contains(&task.group.id)));
    }
    for placement in &read.placements {
        person(placement.child.id);
        placement.owners.iter().for_each(|owner| person(owner.id));
        assert!(units.contains(&placement.placed_at.id) && groups.contains(&placement.group.unwrap().id));
    }
    for child in read.children() {
        child.responsibles.iter().for_each(|adult| person(adult.person.id));
        assert!(child.enrolments.iter().all(|place| units.contains(&place.enroled_at.id)));
    }
}

#[test]
fn every_child_has_one_home_group_and_every_unit_a_principal() {
    let read = &*DEFAULT;
    let mut homes: HashMap<Uuid, usize> = HashMap::new();
    let main =
        |group: &&Group| group.school_type.and_then(|form| form.form()).is_some_and(SchoolForm::is_main);
    for group in read.groups.iter().filter(main) {
        assert!(group.group_type.is_home());
        group.group_memberships.iter().for_each(|member| *homes.entry(member.person.id).or_default() += 1);
    }
    assert!(read.children().all(|child| homes.get(&child.id) == Some(&1)));
    for unit in read.organisations.iter().filter(|unit| unit.organisation_type == OrganisationKind::Unit) {
        let leads = |duty: &&Duty| duty.duty_at.id == unit.id && duty.role() == DutyRole::Principal;
        assert_eq!(read.duties.iter().filter(leads).count(), 1);
    }
    let mentored: HashSet<_> =
        read.duties.iter().flat_map(|duty| &duty.assignment_role).map(|task| task.group.id).collect();
    assert!(read.groups.iter().all(|group| mentored.contains(&group.id)));
}

#[test]
fn the_cast_is_the_same_in_the_smallest_and_the_default_municipality() {
    let small = register(LEAST_CHILDREN);
    assert_eq!(small.children().count(), LEAST_CHILDREN);
    for read in [&small, &*DEFAULT] {
        for persona in cast() {
            let person = &read.persons[&persona.id];
            assert_eq!(persona.name, format!("{} {}", person.given_name, person.family_name));
            let works = read.duties.iter().any(|duty| duty.person.id == persona.id);
            assert_eq!(works, persona.kind != PersonaKind::Guardian);
        }
        lives_as_told(read);
        works_as_told(read);
    }
    for who in [Cast::EllaLindqvist, Cast::NilsLindqvist, Cast::SaraLindqvist, Cast::MatsOberg] {
        let number = |read: &Register| read.persons[&who.id()].civic_no.as_ref().unwrap().value.clone();
        assert_eq!(number(&small), number(&DEFAULT));
    }
}

fn lives_as_told(read: &Register) {
    let person = |who: Cast| &read.persons[&who.id()];
    let street = |who: Cast| person(who).addresses[0].street_address.clone();
    let is_in =
        |who: Cast, group: &Group| group.group_memberships.iter().any(|member| member.person.id == who.id());
    assert!(is_in(Cast::EllaLindqvist, read.group("Strandskolan", "2B")));
    assert!(is_in(Cast::NilsLindqvist, read.group("Blåklockans förskola", "Blåsippan")));
    assert!(is_in(Cast::YonasTesfay, read.group("Kyrkbyskolan", "7A")));
    assert_eq!(street(Cast::EllaLindqvist), street(Cast::SaraLindqvist));
    assert_ne!(street(Cast::SaraLindqvist), street(Cast::JohanLindqvist));
    assert_eq!(person(Cast::WilmaBergstrom).responsibles.len(), 1);
    let agnieszka = Cast::AgnieszkaKowalczyk.id();
    let hers = |child: &&Person| child.responsibles.iter().any(|adult| adult.person.id == agnieszka);
    assert_eq!(read.children().filter(hers).count(), 3);
    assert_eq!(person(Cast::YonasTesfay).responsibles[0].relation_type, RelationKind::AppointedGuardian);
    assert!(person(Cast::HudaAlMasri).emails.is_empty() && !person(Cast::KhaledAlMasri).emails.is_empty());
    for who in [Cast::KarinSandberg, Cast::LoveSandberg] {
        assert_eq!(person(who).security_marking, SecurityMarking::SkyddadFolkbokforing);
    }
}

fn works_as_told(read: &Register) {
    let school = read.unit_named("Strandskolan");
    let class = read.group("Strandskolan", "2B");
    assert_eq!(class.group_type, GroupKind::Class);
    let teacher = read.duty(Cast::AnnaHolmgren);
    assert_eq!((teacher.role(), teacher.duty_at.id), (DutyRole::Teacher, school));
    assert_eq!(teacher.assignment_role[0].group.id, class.id);
    assert_eq!(teacher.assignment_role[0].assignment_role_type, "Mentor");
    let department = read.group("Blåklockans förskola", "Blåsippan");
    assert_eq!(read.duty(Cast::FatimaRahimi).assignment_role[0].group.id, department.id);
    assert_eq!(read.duty(Cast::LarsNystrom).role(), DutyRole::Principal);
    assert_eq!(read.duty(Cast::EvaHedlund).role(), DutyRole::Administrator);
    let municipal = read.duty(Cast::MatsOberg);
    let at = read.organisations.iter().find(|unit| unit.id == municipal.duty_at.id).unwrap();
    assert_eq!(
        (municipal.role(), at.organisation_type),
        (DutyRole::Administrator, OrganisationKind::Huvudman)
    );
}

#[test]
fn a_smaller_municipality_leaves_no_page_of_a_larger_one() {
    let (used, fresh) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    write(used.path(), SEED, 1500, YEAR).unwrap();
    assert!(bytes(used.path(), SEED) == bytes(fresh.path(), SEED));
}

#[test]
fn fewer_children_than_the_cast_needs_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    assert!(write(folder.path(), SEED, LEAST_CHILDREN - 1, YEAR).is_err());
}

/// Every size up to a thousand has room for the named families.
#[test]
fn many_sizes_and_years_can_be_made() {
    for (children, year) in (40..1000).step_by(97).zip((2024..2029).cycle()) {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(write(folder.path(), SEED, children, year).unwrap().children, children);
    }
}

/// Skolverket's schemas are about pupils, staff and school units: guardians have no principal name, preschools no code.
#[test]
fn the_files_follow_the_schemas_of_skolverket() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), SEED, 300, YEAR).unwrap();
    let schemas = Schemas::load();
    let list = |file: &str| -> Vec<Value> {
        let page: Value = serde_json::from_slice(&std::fs::read(folder.path().join(file)).unwrap()).unwrap();
        page["data"].as_array().unwrap().clone()
    };
    let cases = [
        ("groups.json", "/schemas/group", ""),
        ("duties.json", "/schemas/duty", ""),
        ("persons-0001.json", "/schemas/person", "eduPersonPrincipalNames"),
        ("organisations.json", "/schemas/organisation", "schoolUnitCode"),
    ];
    for (file, schema, needs) in cases {
        let records: Vec<_> =
            list(file).into_iter().filter(|record| needs.is_empty() || record.get(needs).is_some()).collect();
        assert!(records.len() > 1, "{file}");
        for record in &records {
            assert_eq!(schemas.faults(schema, record), [""; 0], "{file}");
        }
        let mut broken = records[0].clone();
        broken["id"] = Value::from("x");
        assert_eq!(schemas.faults(schema, &broken), [format!("{schema}/id: format")]);
    }
}
