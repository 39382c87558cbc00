use serde::{Deserialize, Serialize};

/// A grade, 0–10 (SS 12000 `schoolYear`). 0 is *förskoleklass*; 10 exists in the ten-year school and the special school.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Grade(pub u8);

impl Grade {
    /// The grade with this number.
    pub fn new(number: u8) -> Option<Self> {
        (number <= 10).then_some(Self(number))
    }
}
