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

/// What somebody looked at or did in one day, in the words of the audit trail: the programs have sentences for them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReaderLine {
    /// The last time that day.
    pub at: Timestamp,
    /// Her name. Empty to a guardian, and where she is protected.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// As what: `staff`, `principal`, `municipality`, …
    pub role: String,
    /// The action, such as `read-child`.
    pub did: String,
    /// How many times that day.
    pub times: u32,
}
