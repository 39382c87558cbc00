use super::endpoint::{Nothing, endpoints};
use crate::date::Timestamp;
use crate::id::{GroupId, PersonId};
use serde::{Deserialize, Serialize};

endpoints! {
    /// Who may collect the children of a group, and who may go home alone: the list at the door.
    GetCollecting = Get "/api/staff/groups/{group}/collecting" ReadCollecting (GroupId) Nothing => CollectingOut;
}

/// Who may collect the children of a group. Without telephone numbers, and without children whose identity, or that of somebody who
/// decides for them, is protected, whoever asks: the list hangs where other families pass.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CollectingOut {
    /// When this was true.
    pub at: Timestamp,
    /// The group's name.
    pub name: String,
    /// The unit's name.
    pub unit_name: String,
    /// The children, by family name.
    pub rows: Vec<CollectingRow>,
}

/// One child.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CollectingRow {
    /// The child.
    pub child: PersonId,
    /// Given name.
    pub given_name: String,
    /// Family name.
    pub family_name: String,
    /// Those who decide for the child, by name.
    pub guardians: Vec<String>,
    /// Whom else they have named; what one home has said stands beside what the other has.
    pub collectors: Vec<Collector>,
    /// True when somebody has answered who may collect. Without it nobody but the guardians is known.
    pub answered: bool,
    /// Whether the child may go home alone.
    pub alone: Alone,
}

/// Somebody who may collect a child.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Collector {
    /// The name, as the family wrote it.
    pub name: String,
    /// Who this is to the child, in the family's words.
    pub described: Option<String>,
}

/// Whether a child may go home alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Alone {
    /// Nobody has been asked, or nobody has answered.
    Unknown,
    /// Everybody who decides for the child says yes.
    Yes,
    /// Somebody says no.
    No,
    /// Somebody says yes, and somebody has not answered: until then it is no.
    NotAll,
}
