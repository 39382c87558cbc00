use super::endpoint::{Nothing, endpoints};
use crate::access::Role;
use crate::id::{PersonId, UnitId};
use serde::{Deserialize, Serialize};

endpoints! {
    /// Answers that this is the service and not somebody's sign-in page in between.
    Ping = Get "/api/ping" Anonymous (()) Nothing => Nothing;
    /// Says who is signed in and in what capacities.
    GetSession = Get "/api/session" OwnSession (()) Nothing => SessionOut;
    /// Signs out.
    EndSession = Delete "/api/session" OwnSession (()) Nothing => Nothing;
}

/// Who is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SessionOut {
    /// The person.
    pub person: PersonId,
    /// The person's own name.
    pub name: String,
    /// True when she decides for at least one child today.
    pub is_guardian: bool,
    /// The units where she works today.
    pub staff_at: Vec<StaffAt>,
    /// True when she works with the whole municipality.
    pub is_municipal: bool,
}

/// A duty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StaffAt {
    /// The unit.
    pub unit: UnitId,
    /// Its name.
    pub name: String,
    /// In what capacity.
    pub role: Role,
}
