use super::endpoint::{Nothing, endpoints};
use crate::access::Role;
use crate::date::Timestamp;
use crate::id::{PersonId, SessionId, UnitId};
use serde::{Deserialize, Serialize};

endpoints! {
    /// Answers that this is the service and not somebody's sign-in page in between.
    Ping = Get "/api/ping" Anonymous (()) Nothing => Nothing;
    /// Says who is signed in and in what capacities.
    GetSession = Get "/api/session" OwnSession (()) Nothing => SessionOut;
    /// Signs out.
    EndSession = Delete "/api/session" OwnSession (()) Nothing => Nothing;
    /// Lists where the caller is signed in, the last used first.
    GetSessions = Get "/api/sessions" OwnSession (()) Nothing => Vec<SessionLine>;
    /// Ends all of the caller's sessions but this one.
    EndOtherSessions = Delete "/api/sessions" OwnSession (()) Nothing => Nothing;
    /// Ends one of the caller's sessions. A session that is nobody's, or another's, has ended already as far as the caller knows.
    EndOneSession = Delete "/api/sessions/{session}" OwnSession (SessionId) Nothing => Nothing;
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
    /// The units where she works today. Roles for the whole municipality that no duty gives stand here too, at the huvudman.
    pub staff_at: Vec<StaffAt>,
    /// True when she works with the whole municipality.
    pub is_municipal: bool,
}

/// One place where somebody is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SessionLine {
    /// Which.
    pub session: SessionId,
    /// What browser, as far as it said: `Chrome`. Empty, like `system`, where that is not known.
    pub browser: String,
    /// On what: `Android`.
    pub system: String,
    /// When she signed in.
    pub since: Timestamp,
    /// When it was last used, to within a minute.
    pub seen: Timestamp,
    /// True for the one that asks.
    pub here: bool,
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
