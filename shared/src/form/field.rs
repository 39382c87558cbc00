use super::condition::Condition;
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
    /// The question.
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
    /// When it is asked at all. `None`: always.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visible_if: Option<Condition>,
}

/// What kind of answer a field takes, with its limits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum FieldKind {
    /// One line.
    Text {
        /// Longest, in characters.
        max: u16,
    },
    /// Several lines. `caution` says what not to write there.
    LongText {
        /// Longest, in characters.
        max: u16,
        /// What not to write.
        caution: Texts,
    },
    /// A whole number.
    Number {
        /// Smallest.
        min: i64,
        /// Largest.
        max: i64,
    },
    /// A day.
    Date {},
    /// Yes or no.
    YesNo {},
    /// One of several.
    Choice {
        /// What can be chosen.
        options: Vec<ChoiceOption>,
    },
    /// Any number of several. None chosen is an answer only when `none` was said.
    Choices {
        /// What can be chosen.
        options: Vec<ChoiceOption>,
        /// The words for "none of these".
        none: Texts,
    },
    /// A telephone number.
    Phone {},
    /// An e-mail address.
    Email {},
    /// A repeated group.
    Rows {
        /// The columns. A column is never a repeated group itself.
        fields: Vec<Field>,
        /// Fewest rows.
        least: u8,
        /// Most rows.
        most: u8,
        /// The words on the button that adds a row.
        add: Texts,
        /// What one row is called.
        row: Texts,
    },
    /// Yes or no to one purpose and channel, in an act of consent. Never filled in beforehand.
    Consent {
        /// Who will see what is published, as the person should understand it.
        audience: Texts,
    },
}

/// One option of a choice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ChoiceOption {
    /// Its name.
    pub key: String,
    /// What is read.
    pub label: Texts,
}

impl Field {
    pub(super) fn each_text(&mut self, visit: &mut dyn FnMut(&mut Texts)) {
        visit(&mut self.label);
        if let Some(help) = &mut self.help {
            visit(help);
        }
        match &mut self.kind {
            FieldKind::LongText { caution, .. } => visit(caution),
            FieldKind::Choice { options } => options.iter_mut().for_each(|option| visit(&mut option.label)),
            FieldKind::Choices { options, none } => {
                options.iter_mut().for_each(|option| visit(&mut option.label));
                visit(none);
            }
            FieldKind::Rows { fields, add, row, .. } => {
                visit(add);
                visit(row);
                fields.iter_mut().for_each(|field| field.each_text(visit));
            }
            FieldKind::Consent { audience } => visit(audience),
            _ => {}
        }
    }
}
