use super::snapshot::Source;
use crate::Map;
use crate::access::Function;
use crate::form::Texts;
use serde::{Deserialize, Serialize};

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

    /// True for an element of a municipality's own: `child.own-bus-card`. None that ships with the program is called so, today or
    /// later, so that neither can take the other's answers.
    pub fn is_own(&self) -> bool {
        self.0.split_once('.').is_some_and(|(_, name)| name.starts_with("own-"))
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

/// Which of the staff who have a task for the child see a value.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Audience {
    /// Everybody with a task at the child's unit.
    #[default]
    Unit,
    /// The principal of the unit only.
    Principal,
    /// Those who have one of these tasks with the child, and nobody else: what a form says of school health or of whoever works out a
    /// fee is true of the principal too (GDPR art. 5.1 b, 25.2).
    Only(Vec<Function>),
}

impl Audience {
    /// True when everybody with a task at the unit sees it.
    pub fn is_unit(&self) -> bool {
        *self == Self::Unit
    }

    /// Whether somebody with these tasks sees it. `is_principal`: of the child's unit.
    pub fn holds(&self, tasks: &[Function], is_principal: bool) -> bool {
        match self {
            Self::Unit => true,
            Self::Principal => is_principal,
            // A principal sees to it that what falls to school health is done, and reads none of its records (OSL 8:2).
            Self::Only(functions) => functions.iter().any(|function| {
                tasks.contains(function) && !(is_principal && *function == Function::SchoolHealth)
            }),
        }
    }
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
    /// What people call it. Empty: as the first form that asks it does.
    #[serde(default, skip_serializing_if = "Texts::is_empty")]
    pub label: Texts,
    /// Where a value may come from, the most trusted first. When sources differ they are shown in this order.
    #[serde(default = "default_sources")]
    pub sources: Vec<Source>,
    /// Which of the staff see it.
    #[serde(default)]
    pub audience: Audience,
    /// The kind of answer that questions about it take, by its name in the builder. `None`: as the forms that ask it say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
}

fn default_sources() -> Vec<Source> {
    vec![Source::Guardian, Source::Staff]
}

impl Element {
    /// How far down the order of trust a source stands. One that is not named stands last.
    pub fn trust(&self, source: Source) -> usize {
        self.sources.iter().position(|named| *named == source).unwrap_or(self.sources.len())
    }
}

/// All elements, by key.
#[derive(Clone, Debug, Default)]
pub struct Catalogue(Map<ElementKey, Element>);

impl Catalogue {
    /// A catalogue of these elements; of two with the same key the last one stands.
    pub fn new(elements: Vec<Element>) -> Self {
        Self(elements.into_iter().map(|element| (element.key.clone(), element)).collect())
    }

    /// These and others. Of two with the same key the one that is here stands.
    #[must_use]
    pub fn with(&self, others: &[Element]) -> Self {
        let mut all = self.clone();
        for other in others {
            if all.get(&other.key).is_none() {
                all.0.insert(other.key.clone(), other.clone());
            }
        }
        all
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
