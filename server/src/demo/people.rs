//! Makes persons: name, number, contact data, marking. Called by `families`, `story` and `staff`.

use super::contacts::Contacts;
use super::numbers::{Number, Numbers};
use super::random::Random;
use super::record::{Address, CivicNo, Email, Person, PhoneNumber, Reference};
use super::words::{Sex, Words};
use uuid::Uuid;

/// No marking (SS 12000 `securityMarking`).
pub(super) const OPEN: &str = "Ingen";

/// Everything that persons are made from.
pub(super) struct Makers {
    pub(super) seed: u64,
    pub(super) start_year: i32,
    pub(super) random: Random,
    pub(super) words: Words,
    pub(super) numbers: Numbers,
    pub(super) contacts: Contacts,
}

/// Who a person is to be.
pub(super) struct Profile<'a> {
    pub(super) id: Uuid,
    pub(super) given: &'a str,
    pub(super) family: &'a str,
    pub(super) sex: Sex,
    pub(super) marking: &'static str,
    pub(super) home: Option<Address>,
}

impl Makers {
    pub(super) fn new(seed: u64, start_year: i32) -> Self {
        Self {
            seed,
            start_year,
            random: Random::new(seed),
            words: Words::load(),
            numbers: Numbers::load(Random::new(!seed)),
            contacts: Contacts::new(),
        }
    }

    /// A person without contact data. Who is protected carries no address.
    pub(super) fn person(&self, profile: Profile<'_>, number: Number) -> Person {
        let open = profile.marking == OPEN;
        Person {
            id: profile.id,
            given_name: profile.given.to_owned(),
            family_name: profile.family.to_owned(),
            edu_person_principal_names: Vec::new(),
            civic_no: number.value.map(|value| CivicNo { value, nationality: "SE" }),
            birth_date: number.born,
            sex: profile.sex.word(),
            security_marking: profile.marking,
            person_status: "Aktiv",
            emails: Vec::new(),
            phone_numbers: Vec::new(),
            addresses: profile.home.filter(|_| open).into_iter().collect(),
            enrolments: Vec::new(),
            responsibles: Vec::new(),
        }
    }

    /// Gives a guardian a private e-mail address and a mobile number, each if wanted.
    pub(super) fn give_contacts(&mut self, person: &mut Person, email: bool, phone: bool) {
        if email {
            let value = self.contacts.email(&person.given_name, &person.family_name, "example.org");
            person.emails.push(Email { value, kind: "Privat" });
        }
        if phone {
            let value = self.contacts.mobile();
            person.phone_numbers.push(PhoneNumber { value, kind: "Hem", mobile: true });
        }
    }

    /// Gives a staff member the employer's address and number.
    pub(super) fn give_work_contacts(&mut self, person: &mut Person) {
        let value = self.contacts.email(&person.given_name, &person.family_name, "bjorkviken.example");
        person.edu_person_principal_names.push(value.clone());
        person.emails.push(Email { value, kind: "Skola personal" });
        let value = self.contacts.land_line();
        person.phone_numbers.push(PhoneNumber { value, kind: "Arbete", mobile: false });
    }

    /// First day of the school year.
    pub(super) fn start(&self) -> String {
        format!("{}-08-15", self.start_year)
    }

    /// Last day of the school year, inclusive.
    pub(super) fn end(&self) -> String {
        format!("{}-08-14", self.start_year + 1)
    }
}

/// A pointer to a person, with the name unless the person is protected.
pub(super) fn reference(person: &Person) -> Reference {
    let open = person.security_marking == OPEN;
    let name = open.then(|| format!("{} {}", person.given_name, person.family_name));
    Reference { id: person.id, display_name: name }
}
