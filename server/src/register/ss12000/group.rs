use super::reference::{list, optional_date};
use super::vocabulary::group_kind;
use super::{Reference, SchoolType};
use serde::Deserialize;
use skolstart_shared::Date;
use skolstart_shared::school::GroupKind;
use uuid::Uuid;

/// A class, department or other group (SS 12000 `Group`).
///
/// SS 12000 requires `startDate` and Skolverket's schema does not know it; it is read as optional so that both pass.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Group {
    /// Stable across systems.
    pub id: Uuid,
    /// The name people know it by: `2B`, `Blåsippan`.
    pub display_name: String,
    /// What it is for.
    #[serde(deserialize_with = "group_kind")]
    pub group_type: GroupKind,
    /// The school form, when the group has one.
    pub school_type: Option<SchoolType>,
    /// The unit.
    pub organisation: Reference,
    /// First day, if known.
    #[serde(default, deserialize_with = "optional_date")]
    pub start_date: Option<Date>,
    /// Last day, inclusive.
    #[serde(default, deserialize_with = "optional_date")]
    pub end_date: Option<Date>,
    /// The children of the group.
    #[serde(default, deserialize_with = "list")]
    pub group_memberships: Vec<GroupMembership>,
}

/// That a child belongs to a group.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GroupMembership {
    /// The child.
    pub person: Reference,
    /// First day, if known.
    #[serde(default, deserialize_with = "optional_date")]
    pub start_date: Option<Date>,
    /// Last day, inclusive.
    #[serde(default, deserialize_with = "optional_date")]
    pub end_date: Option<Date>,
}
