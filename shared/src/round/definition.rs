use crate::date::Date;
use crate::form::{FormRef, Texts};
use crate::id::RoundId;
use crate::school::{SchoolForm, SchoolYear};
use serde::{Deserialize, Serialize};

/// A campaign, such as the school start of a year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Round {
    /// Its id.
    pub id: RoundId,
    /// What it is called.
    pub title: Texts,
    /// The school year it prepares.
    pub school_year: SchoolYear,
    /// First day that answers are taken.
    pub opens: Date,
    /// Last day that answers are asked for. Changes are taken later too: a withdrawal can never be refused.
    pub closes: Date,
    /// The forms, in the order that guardians meet them.
    pub forms: Vec<FormRef>,
    /// Children in these school forms. Empty: all.
    pub school_forms: Vec<SchoolForm>,
}

impl Round {
    /// True from the first day to the last.
    pub fn is_open_on(&self, today: Date) -> bool {
        self.opens <= today && today <= self.closes
    }
}
