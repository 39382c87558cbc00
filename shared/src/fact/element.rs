use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The name of a data element: `guardian.phone`, `child.diet-needs`. Never shown; labels stand in forms.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct ElementKey(pub String);

impl ElementKey {
    /// The key as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Whom a fact or an act is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Subject {
    /// The child. Asked once per child.
    Child,
    /// The guardian who answers. Asked once, however many the children.
    Guardian,
}

/// How much harm a leak does; decides sealing and who may see (GDPR art. 9; OSL 21:1, 21:3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Sensitivity {
    /// Everyday personal data.
    Personal,
    /// How to reach or find somebody.
    Contact,
    /// Data concerning health (GDPR art. 9).
    Health,
}

/// What happens when several people have given a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Merge {
    /// The newest stands.
    Latest,
    /// Each person's stands beside the others'; staff see all of them. For what is dangerous to lose.
    Union,
}

/// What one guardian sees of another's answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Sharing {
    /// Everybody who decides for the child sees it.
    Guardians,
    /// Only the one who gave it sees it: another home's telephone numbers and friends (OSL 21:3).
    GiverOnly,
}

/// One line of the element catalogue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Element {
    /// Its name.
    pub key: ElementKey,
    /// Whom it is about.
    pub subject: Subject,
    /// How much harm a leak does.
    pub sensitivity: Sensitivity,
    /// For how many days a confirmation holds. `None`: until changed.
    pub holds_days: Option<u16>,
    /// What happens when several people have given a value.
    pub merge: Merge,
    /// What one guardian sees of another's answer.
    pub sharing: Sharing,
    /// Name of the retention class in the municipality's document plan (arkivlagen 1990:782).
    pub retention: String,
}

/// All elements, by key.
#[derive(Clone, Debug, Default)]
pub struct Catalogue(BTreeMap<ElementKey, Element>);

impl Catalogue {
    /// A catalogue of these elements; of two with the same key the last one stands.
    pub fn new(elements: Vec<Element>) -> Self {
        Self(elements.into_iter().map(|element| (element.key.clone(), element)).collect())
    }

    /// The element with this key.
    pub fn get(&self, key: &ElementKey) -> Option<&Element> {
        self.0.get(key)
    }

    /// All elements in the order of their keys.
    pub fn iter(&self) -> impl Iterator<Item = &Element> {
        self.0.values()
    }
}
