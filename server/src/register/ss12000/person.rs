use super::reference::{list, optional_date};
use super::vocabulary::{relation_kind, security_marking};
use super::{Reason, ReasonCode, Reference, SchoolType};
use serde::Deserialize;
use skolstart_shared::people::{RelationKind, SecurityMarking};
use skolstart_shared::{Date, PersonalNumber};
use std::fmt;
use uuid::Uuid;

/// A child, a guardian or a staff member (SS 12000 `Person`). Which of them shows in enrolments, placements, the
/// `responsibles` of others, and duties. No Debug that could print a name.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Person {
    /// Stable across systems, also when the personal number changes.
    pub id: Uuid,
    /// Given name.
    pub given_name: String,
    /// Family name.
    pub family_name: String,
    /// Personal, coordination or temporary number. Guardians from abroad may have none.
    pub civic_no: Option<CivicNo>,
    /// Date of birth, which the number need not agree with.
    #[serde(default, deserialize_with = "optional_date")]
    pub birth_date: Option<Date>,
    /// `Aktiv`, `Utvandrad` or `Avliden`, as sent.
    pub person_status: Option<String>,
    /// Protection of the person's data; none when the field is absent.
    #[serde(default, deserialize_with = "security_marking")]
    pub security_marking: SecurityMarking,
    /// E-mail addresses.
    #[serde(default, deserialize_with = "list")]
    pub emails: Vec<Email>,
    /// Telephone numbers.
    #[serde(default, deserialize_with = "list")]
    pub phone_numbers: Vec<PhoneNumber>,
    /// Postal addresses.
    #[serde(default, deserialize_with = "list")]
    pub addresses: Vec<Address>,
    /// Where a pupil goes to school.
    #[serde(default, deserialize_with = "list")]
    pub enrolments: Vec<Enrolment>,
    /// Who is responsible for a child.
    #[serde(default, deserialize_with = "list")]
    pub responsibles: Vec<Responsible>,
}

impl Person {
    /// True when the register says that the person has died. Who has moved abroad may still decide for a child here, and where somebody
    /// goes or works is said by enrolments and duties.
    pub fn has_died(&self) -> bool {
        self.person_status.as_deref() == Some("Avliden")
    }

    /// The personal, coordination or temporary number, if one was sent.
    ///
    /// # Errors
    /// [`ReasonCode::BadValue`] at `civicNo.value` when it is none of them.
    pub fn personal_number(&self, today: Date) -> Result<Option<PersonalNumber>, Reason> {
        let sent = self.civic_no.as_ref().map(|number| PersonalNumber::parse(&number.value, today));
        sent.transpose().map_err(|_| Reason::new(ReasonCode::BadValue, "civicNo.value"))
    }
}

impl fmt::Debug for Person {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Person({})", self.id)
    }
}

/// A number that names a person (SS 12000 `civicNo`).
#[derive(Clone, PartialEq, Eq, Deserialize)]
pub struct CivicNo {
    /// Twelve digits, or a temporary number `YYYYMMDDTFnn`, as sent.
    pub value: String,
}

/// An e-mail address.
#[derive(Clone, PartialEq, Eq, Deserialize)]
pub struct Email {
    /// The address as sent.
    pub value: String,
    /// `Privat`, `Skola elev`, `Skola personal`, `Arbete övrigt`.
    #[serde(rename = "type")]
    pub kind: Option<String>,
}

/// A telephone number.
#[derive(Clone, PartialEq, Eq, Deserialize)]
pub struct PhoneNumber {
    /// The number as sent.
    pub value: String,
    /// `Hem` or `Arbete`.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// True when text messages reach it. SS 12000 takes it as true when absent.
    #[serde(default = "yes")]
    pub mobile: bool,
}

fn yes() -> bool {
    true
}

/// A postal address.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Address {
    /// `Folkbokföring`, `Särskild postadress`, `Tillfällig adress`, `Postadress`.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// Street and number.
    pub street_address: Option<String>,
    /// Five digits, with or without a space.
    pub postal_code: Option<String>,
    /// Postal town.
    pub locality: Option<String>,
    /// Municipality of registration, four digits.
    pub municipality_code: Option<String>,
}

impl Address {
    /// True for where somebody is registered (Folkbokföringslagen 1991:481), and for an address that says nothing of what it is.
    pub fn is_registered(&self) -> bool {
        self.kind.as_deref().is_none_or(|kind| kind == "Folkbokföring")
    }
}

/// That a pupil goes to a school (SS 12000 `Enrolment`).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Enrolment {
    /// The unit.
    pub enroled_at: Reference,
    /// The school form.
    pub school_type: SchoolType,
    /// The grade, 0 to 10. A preschool class has 0 or none.
    pub school_year: Option<u8>,
    /// First day, if known.
    #[serde(default, deserialize_with = "optional_date")]
    pub start_date: Option<Date>,
    /// Last day, inclusive.
    #[serde(default, deserialize_with = "optional_date")]
    pub end_date: Option<Date>,
    /// True when the enrolment was taken back before it began.
    #[serde(default)]
    pub cancelled: bool,
}

/// That an adult is responsible for the child (SS 12000 `responsibles`).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Responsible {
    /// The adult.
    pub person: Reference,
    /// In what way.
    #[serde(deserialize_with = "relation_kind")]
    pub relation_type: RelationKind,
    /// First day, if the system sends it.
    #[serde(default, deserialize_with = "optional_date")]
    pub start_date: Option<Date>,
    /// Last day, inclusive.
    #[serde(default, deserialize_with = "optional_date")]
    pub end_date: Option<Date>,
}
