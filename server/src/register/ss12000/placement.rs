use super::reference::{date, list, optional_date};
use super::{Reference, SchoolType};
use serde::Deserialize;
use skolstart_shared::Date;
use uuid::Uuid;

/// A child's place in preschool or after-school care (SS 12000 `Placement`).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Placement {
    /// Stable across systems.
    pub id: Uuid,
    /// The unit.
    pub placed_at: Reference,
    /// The department, when the child has one.
    pub group: Option<Reference>,
    /// The child.
    pub child: Reference,
    /// Those who hold the place: they see and set its schedule. Two when the child has two homes.
    #[serde(default, deserialize_with = "list")]
    pub owners: Vec<Reference>,
    /// Preschool, after-school care or open leisure-time activity.
    pub school_type: SchoolType,
    /// First day.
    #[serde(deserialize_with = "date")]
    pub start_date: Date,
    /// Last day, inclusive.
    #[serde(default, deserialize_with = "optional_date")]
    pub end_date: Option<Date>,
}
