use super::endpoint::{Nothing, endpoints};
use crate::consent::Standing;
use crate::date::{Date, Timestamp};
use crate::form::{ActKey, FieldKey, FormKey};
use crate::id::{GroupId, PersonId};
use serde::{Deserialize, Serialize};

endpoints! {
    /// May these pictures be published? The children of a group and what stands for each channel, at this moment.
    GetPictureConsents = Get "/api/staff/groups/{group}/picture-consents" ReadPictures (GroupId) Nothing => PictureConsentsOut;
}

/// What may be shown of the children of a group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PictureConsentsOut {
    /// When this was true. A consent can be taken back at any time.
    pub at: Timestamp,
    /// The group's name.
    pub name: String,
    /// The unit's name.
    pub unit_name: String,
    /// What is asked, in order. Channels of the same act stand together.
    pub channels: Vec<ConsentChannel>,
    /// The children, by family name. Those with protected identity only for a principal.
    pub rows: Vec<PictureRow>,
}

/// A channel of an act.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ConsentChannel {
    /// The form.
    pub form: FormKey,
    /// The act.
    pub act: ActKey,
    /// The channel.
    pub field: FieldKey,
    /// What the act is called.
    pub title: String,
    /// What the channel is called.
    pub label: String,
}

/// A child and what stands for each channel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PictureRow {
    /// The child.
    pub child: PersonId,
    /// Given name.
    pub given_name: String,
    /// Family name.
    pub family_name: String,
    /// True when it must never be shown: its identity, or that of somebody close to it, is protected.
    pub protected: bool,
    /// In the order of the channels. `None`: the child is not asked about it.
    pub cells: Vec<Option<PictureCell>>,
}

/// What stands for one child and channel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PictureCell {
    /// What stands.
    pub standing: Standing,
    /// The first day on which it no longer holds, where one is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
    /// The limits that were set, in their own words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub limits: Vec<String>,
}
