use super::endpoint::{Nothing, endpoints};
use crate::date::Timestamp;
use crate::id::PersonId;
use serde::{Deserialize, Serialize};

endpoints! {
    /// Who at the school has looked at a child or changed something about it: roles and not names, newest first.
    GetReaders = Get "/api/guardian/children/{child}/readers" ReadOwnSubmissions (PersonId) Nothing => Vec<ReaderLine>;
    /// The same with names, for the principal.
    StaffReaders = Get "/api/staff/children/{child}/readers" ReadReaders (PersonId) Nothing => Vec<ReaderLine>;
}

/// What somebody looked at or did in one day. In the language of the request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReaderLine {
    /// The last time that day.
    pub at: Timestamp,
    /// Who: a role, for the principal after a name.
    pub who: String,
    /// What, and how many times.
    pub what: String,
}
