use super::endpoint::{Nothing, endpoints};
use crate::date::{Date, Timestamp};
use crate::fact::Value;
use crate::form::FieldKind;
use crate::id::{GroupId, PersonId, UnitId};
use serde::{Deserialize, Serialize};

endpoints! {
    /// The units whose kitchen the caller has the task of.
    GetKitchens = Get "/api/staff/kitchens" ReadKitchen (()) Nothing => Vec<KitchenUnit>;
    /// Who eats something else at a unit, today and tomorrow.
    GetKitchen = Get "/api/staff/kitchens/{unit}" ReadKitchen (UnitId) Nothing => KitchenOut;
}

/// A unit with a kitchen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct KitchenUnit {
    /// Its id.
    pub id: UnitId,
    /// Its name.
    pub name: String,
}

/// The kitchen's lists of a unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct KitchenOut {
    /// The unit's name.
    pub unit_name: String,
    /// When this was true.
    pub at: Timestamp,
    /// True when children with protected identity are left out: the principal hands on what they eat.
    pub leaves_out: bool,
    /// Today, and tomorrow.
    pub days: Vec<KitchenDay>,
}

/// One day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct KitchenDay {
    /// The day.
    pub day: Date,
    /// How many children have said each thing, question by question.
    pub counts: Vec<KitchenCount>,
    /// The groups with a child that eats something else, in the order of lists.
    pub groups: Vec<KitchenGroup>,
}

/// How many children have chosen what in one question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct KitchenCount {
    /// What is asked, as the catalogue calls it.
    pub label: String,
    /// Each option that somebody has chosen, and how many.
    pub options: Vec<(String, u32)>,
}

/// The children of one group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct KitchenGroup {
    /// The group. `None`: children without one.
    pub group: Option<GroupId>,
    /// Its name.
    pub name: String,
    /// The children, by name.
    pub children: Vec<KitchenChild>,
}

/// A child that eats something else, or has just begun to eat what everybody eats.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct KitchenChild {
    /// The child.
    pub child: PersonId,
    /// Its name.
    pub name: String,
    /// True when the identity is protected.
    pub protected: bool,
    /// What it needs. Empty: nothing any more.
    pub needs: Vec<KitchenNeed>,
    /// True when its guardians have answered differently: then this is all that any of them has said.
    pub differ: bool,
    /// What has changed lately.
    pub change: Option<KitchenChange>,
}

/// One thing that is known about what a child eats.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct KitchenNeed {
    /// What it is, as the catalogue calls it.
    pub label: String,
    /// How the value is shown.
    pub kind: FieldKind,
    /// What has been said; several where guardians have said different things that cannot be put together.
    pub values: Vec<Value>,
}

/// A change of the last days.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct KitchenChange {
    /// The first day of the list as it stands now. What is added stands on the list of the day on which it is said, too.
    pub from: Date,
    /// What it needed before. Empty: nothing.
    pub before: Vec<KitchenNeed>,
}
