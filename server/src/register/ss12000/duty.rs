use super::Reference;
use super::reference::{list, optional_date};
use serde::Deserialize;
use skolstart_shared::Date;
use skolstart_shared::people::DutyRole;
use uuid::Uuid;

/// A staff member's work at a unit or at the huvudman (SS 12000 `Duty`).
///
/// The person is optional in SS 12000 (a vacancy) but a duty of nobody gives nobody a right, so it is required here.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Duty {
    /// Stable across systems.
    pub id: Uuid,
    /// The staff member.
    pub person: Reference,
    /// The unit, or the huvudman for staff of the whole municipality.
    pub duty_at: Reference,
    /// The role's word as sent; [`Duty::role`] is its meaning.
    pub duty_role: String,
    /// The groups the staff member has a task for.
    #[serde(default, deserialize_with = "list")]
    pub assignment_role: Vec<AssignmentRole>,
    /// First day, if known.
    #[serde(default, deserialize_with = "optional_date")]
    pub start_date: Option<Date>,
    /// Last day, inclusive.
    #[serde(default, deserialize_with = "optional_date")]
    pub end_date: Option<Date>,
}

impl Duty {
    /// What the role means for rights. A word we do not know gets the least right.
    pub fn role(&self) -> DutyRole {
        DutyRole::from_ss12000(&self.duty_role)
    }
}

/// A task for one group, such as being the mentor of a class.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AssignmentRole {
    /// The group.
    pub group: Reference,
    /// `Mentor`, `Förskollärare`, `Barnskötare`, `Fritidspedagog` and others, as sent.
    pub assignment_role_type: String,
    /// First day, if known.
    #[serde(default, deserialize_with = "optional_date")]
    pub start_date: Option<Date>,
    /// Last day, inclusive.
    #[serde(default, deserialize_with = "optional_date")]
    pub end_date: Option<Date>,
}
