use super::reference::{list, optional_date};
use super::vocabulary::organisation_kind;
use super::{Reference, SchoolType};
use serde::Deserialize;
use skolstart_shared::Date;
use skolstart_shared::school::OrganisationKind;
use uuid::Uuid;

/// A huvudman, a unit, or something between (SS 12000 `Organisation`).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Organisation {
    /// Stable across systems.
    pub id: Uuid,
    /// The name people know it by.
    pub display_name: String,
    /// What it is.
    #[serde(deserialize_with = "organisation_kind")]
    pub organisation_type: OrganisationKind,
    /// The organisation above it; none above a huvudman.
    pub parent_organisation: Option<Reference>,
    /// Skolverket's eight digits. Preschools have none.
    pub school_unit_code: Option<String>,
    /// Organisation number, ten digits, mostly of a huvudman.
    pub organisation_number: Option<String>,
    /// Municipality code, four digits with leading zero.
    pub municipality_code: Option<String>,
    /// What is run there.
    #[serde(default, deserialize_with = "list")]
    pub school_types: Vec<SchoolType>,
    /// E-mail of the office.
    pub email: Option<String>,
    /// Telephone of the office.
    pub phone_number: Option<String>,
    /// First day, if known.
    #[serde(default, deserialize_with = "optional_date")]
    pub start_date: Option<Date>,
    /// Last day, inclusive.
    #[serde(default, deserialize_with = "optional_date")]
    pub end_date: Option<Date>,
}
