use super::condition::Condition;
use super::kind::FieldKind;
use super::texts::Texts;
use crate::fact::ElementKey;
use serde::{Deserialize, Serialize};

/// The name of a field within its act, or of a column within its rows.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct FieldKey(pub String);

impl FieldKey {
    /// The key as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// One question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Field {
    /// Its name.
    pub key: FieldKey,
    /// The question; for an information, its heading.
    pub label: Texts,
    /// What helps to answer it; for a consent, what a yes means.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<Texts>,
    /// What kind of answer it takes.
    pub kind: FieldKind,
    /// The element that the answer becomes a fact of, and is filled in from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub element: Option<ElementKey>,
    /// Must be answered when it is visible.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub required: bool,
    /// Must be answered when it is visible and this holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub required_if: Option<Condition>,
    /// When it is asked at all. `None`: always.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visible_if: Option<Condition>,
    /// The answer given for one child can be taken over for a sibling. Never for a consent.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub same_for_siblings: bool,
}

impl Field {
    /// True when the field or one of its columns is of such a kind.
    pub fn holds_kind(&self, is_such: fn(&FieldKind) -> bool) -> bool {
        is_such(&self.kind) || self.kind.columns().iter().any(|column| column.holds_kind(is_such))
    }

    pub(super) fn each_text(&mut self, visit: &mut dyn FnMut(&mut Texts)) {
        visit(&mut self.label);
        if let Some(help) = &mut self.help {
            visit(help);
        }
        self.kind.each_text(visit);
    }
}
