//! The records as they are written: only the fields that the demo municipality uses, in the order a person reads them.
//! Made by `people` and `municipality`. Not the types the import reads with: the reader must stand its own test.

use serde::Serialize;
use uuid::Uuid;

#[derive(Clone, Serialize)]
pub(super) struct Reference {
    pub(super) id: Uuid,
    /// Left out for people with a protected identity.
    #[serde(rename = "displayName", skip_serializing_if = "Option::is_none")]
    pub(super) display_name: Option<String>,
}

impl Reference {
    pub(super) fn to(id: Uuid) -> Self {
        Self { id, display_name: None }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Organisation {
    pub(super) id: Uuid,
    pub(super) display_name: String,
    pub(super) organisation_type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) school_unit_code: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) school_types: Vec<&'static str>,
    pub(super) municipality_code: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) parent_organisation: Option<Reference>,
    pub(super) email: String,
    pub(super) phone_number: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Person {
    pub(super) id: Uuid,
    pub(super) given_name: String,
    pub(super) family_name: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) edu_person_principal_names: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) civic_no: Option<CivicNo>,
    pub(super) birth_date: String,
    pub(super) sex: &'static str,
    pub(super) security_marking: &'static str,
    pub(super) person_status: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) emails: Vec<Email>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) phone_numbers: Vec<PhoneNumber>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) addresses: Vec<Address>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) enrolments: Vec<Enrolment>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) responsibles: Vec<Responsible>,
}

#[derive(Serialize)]
pub(super) struct CivicNo {
    pub(super) value: String,
    pub(super) nationality: &'static str,
}

#[derive(Serialize)]
pub(super) struct Email {
    pub(super) value: String,
    #[serde(rename = "type")]
    pub(super) kind: &'static str,
}

#[derive(Serialize)]
pub(super) struct PhoneNumber {
    pub(super) value: String,
    #[serde(rename = "type")]
    pub(super) kind: &'static str,
    pub(super) mobile: bool,
}

#[derive(Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Address {
    #[serde(rename = "type")]
    pub(super) kind: &'static str,
    pub(super) street_address: String,
    pub(super) postal_code: String,
    pub(super) locality: &'static str,
    pub(super) municipality_code: &'static str,
    pub(super) country: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Enrolment {
    pub(super) enroled_at: Reference,
    pub(super) school_type: &'static str,
    pub(super) school_year: u8,
    pub(super) start_date: String,
    pub(super) cancelled: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Responsible {
    pub(super) person: Reference,
    pub(super) relation_type: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Group {
    pub(super) id: Uuid,
    pub(super) display_name: String,
    pub(super) group_type: &'static str,
    pub(super) school_type: &'static str,
    pub(super) organisation: Reference,
    pub(super) start_date: String,
    pub(super) end_date: String,
    pub(super) group_memberships: Vec<Membership>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Membership {
    pub(super) person: Reference,
    pub(super) start_date: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Duty {
    pub(super) id: Uuid,
    pub(super) person: Reference,
    pub(super) duty_at: Reference,
    pub(super) duty_role: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) assignment_role: Vec<AssignmentRole>,
    pub(super) start_date: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct AssignmentRole {
    pub(super) group: Reference,
    pub(super) assignment_role_type: &'static str,
    pub(super) start_date: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Placement {
    pub(super) id: Uuid,
    pub(super) placed_at: Reference,
    pub(super) group: Reference,
    pub(super) child: Reference,
    pub(super) owners: Vec<Reference>,
    pub(super) school_type: &'static str,
    pub(super) start_date: String,
    pub(super) reason: &'static str,
}
