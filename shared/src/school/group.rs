use serde::{Deserialize, Serialize};

/// What a group is (SS 12000 `groupType`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum GroupKind {
    /// *Klass*.
    Class,
    /// *Avdelning* of a preschool.
    Department,
    /// *Mentor*.
    Mentor,
    /// *Undervisning*.
    Teaching,
    /// *Provgrupp, Schema, Personalgrupp, Övrigt*.
    Other,
}

impl GroupKind {
    /// The kind named by the SS 12000 word.
    pub fn from_ss12000(word: &str) -> Option<Self> {
        match word {
            "Klass" => Some(Self::Class),
            "Avdelning" => Some(Self::Department),
            "Mentor" => Some(Self::Mentor),
            "Undervisning" => Some(Self::Teaching),
            "Provgrupp" | "Schema" | "Personalgrupp" | "Övrigt" => Some(Self::Other),
            _ => None,
        }
    }

    /// A short code for the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Class => "class",
            Self::Department => "department",
            Self::Mentor => "mentor",
            Self::Teaching => "teaching",
            Self::Other => "other",
        }
    }

    /// The kind with this code; what we do not know is [`Self::Other`].
    pub fn from_code(code: &str) -> Self {
        [Self::Class, Self::Department, Self::Mentor, Self::Teaching]
            .into_iter()
            .find(|kind| kind.code() == code)
            .unwrap_or(Self::Other)
    }

    /// True when the group is where the child belongs, the one that lists are made by.
    pub fn is_home(self) -> bool {
        matches!(self, Self::Class | Self::Department)
    }
}
