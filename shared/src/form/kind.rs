use super::calculation::Calculation;
use super::field::Field;
use super::texts::Texts;
use crate::fact::FileType;
use crate::school::SchoolForm;
use serde::{Deserialize, Serialize};

/// What kind of answer a field takes, with its limits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", rename_all_fields = "kebab-case")]
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
    /// An amount in kronor and öre. Limits and value are in öre.
    Money {
        /// Smallest.
        min: i64,
        /// Largest.
        max: i64,
    },
    /// A day.
    Date {
        /// The first day, counted in days from the day of answering; negative is before it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        earliest: Option<i32>,
        /// The last day, counted the same way.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        latest: Option<i32>,
    },
    /// From one day to another, both included.
    Days {
        /// The first day, counted in days from the day of answering.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        earliest: Option<i32>,
        /// The last day, counted the same way.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        latest: Option<i32>,
    },
    /// A time of day.
    Time {},
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
    /// A country (ISO 3166-1, two letters).
    Country {},
    /// A language (ISO 639, two or three letters).
    Language {},
    /// A telephone number.
    Phone {},
    /// An e-mail address.
    Email {},
    /// A postal code: five digits in Sweden, otherwise as the country writes it.
    PostalCode {},
    /// A personal number.
    PersonalNumber {
        /// Whether another identity number may stand there: an LMA number, a foreign one.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        other: bool,
    },
    /// A unit of the municipality.
    Unit {
        /// Units with one of these school forms. Empty: all.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        school_forms: Vec<SchoolForm>,
    },
    /// Pictures or PDF documents.
    Files {
        /// Most files.
        most: u8,
        /// How large each may be, in megabytes (million bytes).
        #[serde(default = "usual_megabytes", skip_serializing_if = "is_usual_megabytes")]
        megabytes: u8,
        /// What they may be. Empty: whatever the service takes.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        types: Vec<FileType>,
    },
    /// When the child is there, week by week.
    Schedule {
        /// Most weeks before it begins again, 1 to 6.
        weeks: u8,
        /// Most times a day: two for a split day.
        times: u8,
        /// Saturday and Sunday too.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        weekends: bool,
        /// A time may run over midnight.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        nights: bool,
        /// The homes that a week can be spent in. Empty: not asked.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        homes: Vec<ChoiceOption>,
    },
    /// A repeated group: of persons, addresses, wishes, lines of a table. With `least` and `most` 1 it is one group.
    Rows {
        /// The columns.
        fields: Vec<Field>,
        /// Fewest rows.
        least: u8,
        /// Most rows.
        most: u8,
        /// The words on the button that adds a row.
        add: Texts,
        /// What one row is called.
        row: Texts,
        /// How it is drawn, and what the browser may fill in.
        #[serde(default, skip_serializing_if = "RowShape::is_list")]
        shape: RowShape,
    },
    /// Yes or no to one purpose and channel, in an act of consent. Never filled in beforehand.
    Consent {
        /// Who will see what is published, as the person should understand it.
        audience: Texts,
    },
    /// Something to read. The label is its heading; nothing is answered.
    Information {
        /// What is to be read. Paragraphs are parted by a line break.
        text: Texts,
    },
    /// A box to tick: "I have read it", "this is true". There is no "no".
    Acknowledge {
        /// What the tick says.
        text: Texts,
    },
    /// A value that follows from other answers. Nobody types it; the server works it out again.
    Calculated {
        /// How.
        how: Calculation,
    },
}

/// A telephone's picture has three to eight megabytes.
const USUAL_MEGABYTES: u8 = 10;
/// The largest file that any field may ask for, in megabytes.
pub const MOST_MEGABYTES: u8 = 20;

fn usual_megabytes() -> u8 {
    USUAL_MEGABYTES
}

fn is_usual_megabytes(megabytes: &u8) -> bool {
    *megabytes == USUAL_MEGABYTES
}

/// How a repeated group is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum RowShape {
    /// One below the other, in an order that can be changed.
    #[default]
    List,
    /// Lines of a table, where the page is wide enough.
    Table,
    /// Persons: the columns `name`, `relation`, `phone` and `email` mean what they say.
    Person,
    /// Addresses: the columns `co`, `street`, `postal-code`, `locality` and `country` mean what they say.
    Address,
}

impl RowShape {
    fn is_list(&self) -> bool {
        *self == Self::List
    }
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

impl FieldKind {
    /// False for what is only read.
    pub fn is_asked(&self) -> bool {
        !matches!(self, Self::Information { .. } | Self::Calculated { .. })
    }

    /// The columns of rows; none for other kinds.
    pub fn columns(&self) -> &[Field] {
        match self {
            Self::Rows { fields, .. } => fields,
            _ => &[],
        }
    }

    pub(super) fn each_text(&mut self, visit: &mut dyn FnMut(&mut Texts)) {
        match self {
            Self::LongText { caution: text, .. }
            | Self::Consent { audience: text }
            | Self::Information { text }
            | Self::Acknowledge { text } => visit(text),
            Self::Choice { options } | Self::Schedule { homes: options, .. } => {
                options.iter_mut().for_each(|option| visit(&mut option.label));
            }
            Self::Choices { options, none } => {
                options.iter_mut().for_each(|option| visit(&mut option.label));
                visit(none);
            }
            Self::Rows { fields, add, row, .. } => {
                visit(add);
                visit(row);
                fields.iter_mut().for_each(|field| field.each_text(visit));
            }
            _ => {}
        }
    }
}
